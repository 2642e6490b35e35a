import { describe, expect, it } from 'vitest'
import { ancestorsOf, readStat, readTable } from '../../../../electron/cli/terminal/ancestors.ts'
import { judge, type Surroundings } from '../../../../electron/cli/terminal/person.ts'

const SHELL = { pid: 50, words: ['-zsh'] }

function meet(changes: Partial<Surroundings> = {}): string {
  const person = judge({
    stdin: true,
    stdout: true,
    variables: {},
    ancestors: [SHELL],
    clients: [],
    ...changes,
  })
  return person.interactive ? 'person' : person.why
}

describe('a person', () => {
  it.each([
    [{}],
    [{ ancestors: undefined }],
    [{ variables: { CODEX_HOME: '/x', TERM_PROGRAM: 'vscode', CLAUDECODE: '', EDITOR: 'codex' } }],
    [{ ancestors: [SHELL, { pid: 3, words: ['/usr/share/cursor/cursor', '--type=utility'] }] }],
    [{ ancestors: [{ pid: 3, words: ['bash', '/home/me/codex'] }] }],
    [{ ancestors: [{ pid: 3, words: ['node', '/home/me/codex/server.js'] }] }],
    [{ ancestors: [SHELL], clients: [51] }],
  ] as Partial<Surroundings>[][])('%j', changes => {
    expect(meet(changes)).toBe('person')
  })
})

describe('nobody', () => {
  it.each([
    [{ stdin: false }, /stdin is not a terminal/],
    [{ stdout: false }, /stdout is not a terminal/],
    [{ variables: { CODEX_THREAD_ID: 'x' } }, /CODEX_THREAD_ID/],
    [{ variables: { CODEX_SANDBOX: 'seatbelt' } }, /CODEX_SANDBOX/],
    [{ variables: { CLAUDECODE: '1' } }, /CLAUDECODE/],
    [{ variables: { GEMINI_CLI: '1' } }, /GEMINI_CLI/],
    [{ variables: { CURSOR_AGENT: '1' } }, /CURSOR_AGENT/],
    [{ variables: { AI_AGENT: 'x' } }, /AI_AGENT/],
    [{ ancestors: [SHELL, { pid: 3, words: ['/opt/bin/codex', 'exec'] }] }, /codex \(process 3\)/],
    [{ ancestors: [{ pid: 3, words: ['claude'] }] }, /claude/],
    [{ ancestors: [{ pid: 3, words: ['/usr/bin/node', '--x', '/usr/bin/gemini'] }] }, /gemini/],
    [{ ancestors: [{ pid: 3, words: ['node', '/x/@anthropic-ai/claude-code/cli.js'] }] }, /claude-code/],
    [{ ancestors: [{ pid: 3, words: ['C:\\x\\codex.exe'] }] }, /codex/],
    [{ ancestors: [SHELL, { pid: 60, words: ['x'] }], clients: [60] }, /connected client \(process 60\)/],
  ] as [Partial<Surroundings>, RegExp][])('%j', (changes, why) => {
    expect(meet(changes)).toMatch(why)
  })
})

describe('ancestors', () => {
  it.runIf(process.platform !== 'win32')('begin with the process itself and reach its parent', async () => {
    const found = await ancestorsOf(process.pid, process.platform)
    expect(found?.map(({ pid }) => pid).slice(0, 2)).toEqual([process.pid, process.ppid])
    expect(found?.[0]?.words.join(' ')).toMatch(/node|vitest/)
  })

  it.each([
    ['12 (a) b) c) S 7 1', 'x\0y\0', { parent: 7, words: ['x', 'y'] }],
    ['12 (kthread) S 2 0', '', { parent: 2, words: ['kthread'] }],
    ['garbage', '', { parent: 0, words: expect.anything() }],
  ])('of %j', (stat, line, entry) => {
    expect(readStat(stat, line)).toEqual(entry)
  })

  it('are read from ps too', () => {
    const table = readTable('    1     0 /sbin/launchd\n  501     1 /opt/codex exec\nnonsense\n')
    expect(table.get(501)).toEqual({ parent: 1, words: ['/opt/codex', 'exec'] })
    expect(table.size).toBe(2)
  })
})
