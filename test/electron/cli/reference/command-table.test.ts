import { execFileSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { readAuditFlags } from '../../../../electron/cli/audit/audit-flags.ts'
import { helpCommand } from '../../../../electron/cli/commands/help.ts'
import { COMMANDS } from '../../../../electron/cli/commands.ts'
import { readConfigureFlags } from '../../../../electron/cli/configure/configure-flags.ts'
import { EXIT } from '../../../../electron/cli/exit-codes.ts'
import { COMMAND_TABLE, entryOf } from '../../../../electron/cli/reference/command-table.ts'
import { helpText } from '../../../../electron/cli/reference/help-text.ts'
import { manPage } from '../../../../electron/cli/reference/man-page.ts'
import { overviewText } from '../../../../electron/cli/reference/overview-text.ts'
import { readServeFlags } from '../../../../electron/cli/serve-flags.ts'
import manifest from '../../../../package.json' with { type: 'json' }
import { findOnPath } from '../../../setup/paths.mjs'
import { capturedIo } from '../../../support/terminal/captured-io.ts'

/** Answered without a table: the bridge's own, and what only scripts and the broker call. */
const UNLISTED = ['complete']
const ELSEWHERE = ['mcp:serve']

const names = COMMAND_TABLE.map(({ name }) => name)

describe('the table of commands', () => {
  it('has every command that there is, and none that there is not', () => {
    const there = Object.keys(COMMANDS).filter(name => !UNLISTED.includes(name))
    expect([...names].sort()).toEqual([...there, ...ELSEWHERE].sort())
    expect(new Set(names).size).toBe(names.length)
  })

  it.each(COMMAND_TABLE)('$name has examples, forms and exit codes', entry => {
    expect(entry.examples.length).toBeGreaterThan(0)
    for (const { line } of [...entry.examples, ...entry.forms]) expect(line.split(' ')[0]).toBe(entry.name)
    expect(entry.exits).toContain('ok')
    expect(entry.does).not.toMatch(/\.$/)
    expect(new Set(entry.flags.map(({ name }) => name)).size).toBe(entry.flags.length)
  })

  it.each(COMMAND_TABLE)(
    '$name: every flag of an example is one of its own, or an argument of a function',
    entry => {
      const known = [...entry.flags.map(({ name }) => name), 'channel-id', 'message']
      for (const { line } of entry.examples) {
        for (const [, flag] of line.matchAll(/ --([\w-]+)/g)) expect(known).toContain(flag)
      }
    },
  )

  it.each([
    ['mcp:serve', (args: string[]) => readServeFlags(args, ['mattermost'])],
    ['integrations:configure', (args: string[]) => readConfigureFlags(['mattermost', ...args])],
    ['audit', (args: string[]) => readAuditFlags(args, 0)],
  ] as const)('%s reads every flag that its entry has', (name, read) => {
    for (const { name: flag, value } of entryOf(name)?.flags ?? []) {
      const told = JSON.stringify(read([value === undefined ? `--${flag}` : `--${flag}=x`]))
      expect(told, flag).not.toMatch(/Unknown option|flag that is not known/)
    }
  })
})

describe('help', () => {
  it.each(COMMAND_TABLE)('$name: has every flag, every example and fits a terminal', entry => {
    const io = capturedIo('/nowhere')
    expect(helpCommand([entry.name], io)).toBe(EXIT.ok)
    const text = io.printed()
    expect(text).toBe(helpText(entry))
    for (const { name } of entry.flags) expect(text).toContain(`--${name}`)
    for (const { line } of entry.examples) expect(text).toContain(`  kosmo ${line}`)
    expect(text).toContain('Exit codes:\n    0  done')
    const prose = text.split('\n').filter(line => !line.startsWith('  kosmo '))
    for (const line of prose) expect(line.length).toBeLessThanOrEqual(110)
  })

  it('alone lists every command; for one that there is not it is wrong usage', () => {
    for (const name of names) expect(overviewText(COMMAND_TABLE)).toContain(`\n  ${name} `)
    const io = capturedIo('/nowhere')
    expect(helpCommand(['nope'], io)).toBe(EXIT.usage)
  })
})

describe('the manual page', () => {
  const page = manPage(COMMAND_TABLE, manifest.version)

  it('has every command, flag and exit code', () => {
    for (const entry of COMMAND_TABLE) {
      expect(page).toContain(`.SS "kosmo ${entry.name.replaceAll('-', '\\-')}"`)
      for (const { name } of entry.flags) expect(page).toContain(`\\-\\-${name.replaceAll('-', '\\-')}`)
    }
    for (const code of Object.values(EXIT)) expect(page).toContain(`\\fB${code}\\fR`)
  })

  it('has the variables that the documentation has, each with what it does', () => {
    for (const name of [
      'MATTERMOST_CLIENT_KEY_PASSPHRASE',
      'HTTPS_PROXY',
      'no_proxy',
      'KOSMO_HOME',
      'NO_COLOR',
    ])
      expect(page).toMatch(new RegExp(`\\.TP\\n\\\\fB[^\\n]*${name}[^\\n]*\\n[^.\\n]`))
  })

  it.skipIf(findOnPath('groff') === undefined)('is roff without a fault (skipped without groff)', () => {
    const args = ['-man', '-Tutf8', '-Kutf8', '-ww', '-z']
    expect(execFileSync('groff', args, { input: page, stdio: ['pipe', 'pipe', 'pipe'] }).toString()).toBe('')
    const text = execFileSync('groff', ['-man', '-Tascii', '-P-cbou'], { input: page }).toString()
    expect(text).toContain('kosmo integrations:call mattermost.mattermost_list_channels \'{"page": 0,')
  })
})
