import { spawnSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { complete } from '../../../../electron/cli/completion/candidates.ts'
import { SHELL_SCRIPTS } from '../../../../electron/cli/completion/shell-scripts.ts'
import { brokenOff, splitLine } from '../../../../electron/cli/completion/split-line.ts'
import { COMMAND_TABLE } from '../../../../electron/cli/reference/command-table.ts'
import { findOnPath } from '../../../setup/paths.mjs'
import { builtProgram } from '../../../support/mcp/program.ts'

const world = { accounts: () => ['default', 'work'] }
const values = (line: string) => {
  const words = splitLine(line).slice(1)
  const current = words.pop() ?? ''
  return complete(words, current, world).candidates.map(({ value }) => value)
}

describe('what may stand where the cursor is', () => {
  it.each([
    ['kosmo pol', ['policy']],
    ['kosmo integrations:s', ['integrations:status', 'integrations:search', 'integrations:schema']],
    ['kosmo policy ', ['deny', 'ask', 'allow']],
    ['kosmo policy deny --cl', ['--client=', '--clear']],
    ['kosmo policy deny --client=kosmo-c', ['--client=kosmo-cli']],
    ['kosmo mcp:serve --write ', ['deny', 'ask', 'allow']],
    ['kosmo mcp:serve --write=al', ['--write=allow']],
    ['kosmo integrations:call mattermost.list_p', ['mattermost.list_posts']],
    ['kosmo integrations:call mattermost.mattermost_list_p', ['mattermost.mattermost_list_posts']],
    ['kosmo integrations:mattermost list_p', ['list_posts']],
    [
      'kosmo integrations:call mattermost.list_channels --type=',
      ['--type=public', '--type=private', '--type=direct', '--type=group'],
    ],
    ['kosmo integrations:call --account work mattermost.get_post --post', ['--post-id=']],
    ['kosmo integrations:call mattermost.get_post --account=w', ['--account=work']],
    ['kosmo integrations:schema mattermost.list_t', ['mattermost.list_teams']],
    ['kosmo integrations:docs matter', expect.arrayContaining(['mattermost', 'mattermost.list_teams'])],
    ['kosmo help comp', ['completion']],
    ['kosmo completion ', ['bash', 'zsh', 'fish', 'powershell']],
    ['kosmo nope ', []],
  ])('%s', (line, wanted) => {
    expect(values(line)).toEqual(wanted)
  })

  it('a flag that was given is not offered again, unless it may be', () => {
    expect(values('kosmo integrations:status --json --')).toEqual(['--help'])
    expect(values('kosmo mcp:serve --integration=mattermost --integration')).toContain('--integration=')
  })

  it('whatever is typed, every candidate begins with it', () => {
    const word = fc.oneof(
      fc.constantFrom(
        ...COMMAND_TABLE.map(({ name }) => name),
        '--json',
        '--account',
        'mattermost.get_post',
        '-',
        '',
      ),
      fc.string({ maxLength: 8 }),
    )
    fc.assert(
      fc.property(fc.array(word, { maxLength: 4 }), word, (before, current) => {
        for (const { value } of complete(before, current, world).candidates) {
          expect(value.startsWith(current)).toBe(true)
        }
      }),
    )
  })
})

describe('a line as bash has it', () => {
  it.each([
    ['kosmo a "b c" d', ['kosmo', 'a', 'b c', 'd']],
    ["kosmo 'a b'c ", ['kosmo', 'a bc', '']],
    ['kosmo a\\ b', ['kosmo', 'a b']],
    ['', ['']],
  ])('%j', (line, words) => {
    expect(splitLine(line)).toEqual(words)
  })

  it('is broken at colons and equals signs where bash breaks it', () => {
    expect(brokenOff('integrations:ca', ' :=')).toBe(13)
    expect(brokenOff('--type=p', ' =')).toBe(7)
    expect(brokenOff('integrations:ca', ' ')).toBe(0)
  })
})

/** Runs lines in a shell in which `kosmo` is the built program. */
function inShell(shell: string, args: string[], script: string): string {
  const prelude = `kosmo() { '${process.execPath}' '${builtProgram()}' "$@"; }\n`
  const ran = spawnSync(shell, args, {
    input: prelude + script,
    env: { PATH: '/usr/bin:/bin', HOME: '/nowhere' },
  })
  return ran.stdout.toString() + ran.stderr.toString()
}

describe('in a real shell', () => {
  it.skipIf(findOnPath('bash') === undefined)('bash completes past its own breaks', () => {
    const said = inShell(
      'bash',
      ['-s'],
      `${SHELL_SCRIPTS.bash}
      for line in 'kosmo integrations:ca' 'kosmo integrations:call mattermost.list_channels --type=p'; do
        COMP_LINE=$line COMP_POINT=\${#line} COMPREPLY=()
        _kosmo kosmo 2>/dev/null
        echo "\${COMPREPLY[*]}"
      done`,
    )
    expect(said).toBe('call\npublic private\n')
  })

  it.skipIf(findOnPath('fish') === undefined)('fish shows what each does (skipped without fish)', () => {
    const kosmo = `function kosmo; '${process.execPath}' '${builtProgram()}' $argv; end\n`
    const script = `${kosmo}${SHELL_SCRIPTS.fish}\ncomplete -C 'kosmo integrations:mattermost list_p'`
    const env = { PATH: '/usr/bin:/bin', HOME: '/nowhere' }
    const ran = spawnSync('fish', ['--no-config', '-c', script], { env })
    expect(ran.stdout.toString()).toBe('list_posts\tList posts\n')
  })

  it.skipIf(findOnPath('zsh') === undefined)('zsh reads the script (skipped without zsh)', () => {
    const ran = spawnSync('zsh', ['-f', '-n'], { input: SHELL_SCRIPTS.zsh })
    expect(ran.stderr.toString()).toBe('')
    expect(ran.status).toBe(0)
  })
})
