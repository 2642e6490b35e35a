import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { openAudit } from '../../../../electron/broker/audit/audit-log.ts'
import type { AuditDraft } from '../../../../shared/audit/entry.ts'

const RUN = join(import.meta.dirname, '../../../support/audit/run-audit.ts')
const JANUARY = Date.UTC(2026, 0, 5, 9)

let home: string
let clock: number
const children: ChildProcess[] = []
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'kosmo-audit-cli-'))
  clock = JANUARY
})
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  rmSync(home, { recursive: true, force: true })
})

const file = (name: string) => join(home, 'audit', name)
const append = (draft: Partial<AuditDraft> = {}) =>
  openAudit(join(home, 'audit'), { now: () => clock }).append({ kind: 'call', client: 'codex', ...draft })

function start(...args: string[]) {
  const child = spawn(process.execPath, [RUN, ...args], {
    env: { ...process.env, KOSMO_HOME: home },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  children.push(child)
  const text = { out: '', err: '' }
  child.stdout.setEncoding('utf8').on('data', chunk => {
    text.out += chunk
  })
  child.stderr.setEncoding('utf8').on('data', chunk => {
    text.err += chunk
  })
  const ended = new Promise<{ code: number | null; out: string; err: string }>(resolve =>
    child.on('close', code => resolve({ code, ...text })),
  )
  return { child, text, ended }
}
const run = (...args: string[]) => start(...args).ended

describe('kosmo audit', () => {
  it('lists one line each, newest last', async () => {
    append({
      function: 'mattermost_create_post',
      target: '#dev',
      decision: 'approved',
      outcome: 'ok',
      by: 'me',
      ms: 7,
    })
    append({ kind: 'change', client: 'claude' })
    expect(await run()).toEqual({
      code: 0,
      err: '',
      out:
        '2026-01-05T09:00:00.000Z  codex  mattermost_create_post  #dev  approved/ok  by me  7 ms\n' +
        '2026-01-05T09:00:00.000Z  claude  change  -  -\n',
    })
  })

  it('lists the last 50, or as many and such as are asked for', async () => {
    for (let index = 0; index < 60; index += 1)
      append({ outcome: index % 2 === 0 ? 'ok' : 'denied', ms: index })
    expect((await run()).out.trim().split('\n')).toHaveLength(50)
    expect((await run('--limit=2', '--outcome=ok')).out).toMatch(/ 56 ms\n.* 58 ms\n$/)
    expect(await run('--since=1h')).toMatchObject({
      code: 0,
      out: '',
      err: expect.stringContaining('no entries'),
    })
  })

  it('gives JSON and CSV', async () => {
    const entry = append({ target: '=1,2' })
    expect(JSON.parse((await run('--json')).out)).toEqual({ success: true, entries: [entry] })
    expect((await run('--csv')).out).toMatch(
      /^seq,at,.*\r\n1,2026-01-05T09:00:00.000Z,call,codex,.*,"'=1,2",.*\r\n$/,
    )
    expect(JSON.parse((await run('--json', '--client=none')).out)).toEqual({ success: true, entries: [] })
  })

  it('prints nothing that drives a terminal, whoever wrote the file', async () => {
    append({ client: 'innocent' })
    const text = readFileSync(file('2026-01.jsonl'), 'utf8')
    writeFileSync(file('2026-01.jsonl'), `${text.replace('innocent', 'a\u009b31m\u202e')}\u001b[2J\n`)
    for (const form of ['--json', '--csv', '--limit=5']) {
      const { out, err } = await run(form)
      expect(out).toContain('a31m')
      expect(out + err).not.toMatch(/[^\P{C}\r\n]/u)
      expect(err).toContain('1 lines could not be read')
    }
  })

  it('verifies: 0 for intact, 1 for changed, with place and deed', async () => {
    expect(await run('--verify')).toMatchObject({
      code: 0,
      out: expect.stringContaining('Nothing is recorded'),
    })
    append()
    append({ outcome: 'denied' })
    expect(await run('--verify')).toMatchObject({
      code: 0,
      out: expect.stringContaining('intact: 2 entries in 1 file'),
    })
    expect(JSON.parse((await run('--verify', '--json')).out)).toMatchObject({
      success: true,
      kind: 'intact',
      entries: 2,
    })
    const text = readFileSync(file('2026-01.jsonl'), 'utf8')
    writeFileSync(file('2026-01.jsonl'), text.replace('denied', 'ok'))
    const told = await run('--verify')
    expect(told).toMatchObject({
      code: 1,
      out: expect.stringContaining('altered: 2026-01.jsonl line 2: entry 2 was'),
    })
    const found = await run('--verify', '--json')
    expect(found.code).toBe(1)
    expect(JSON.parse(found.out)).toMatchObject({
      success: false,
      problems: [{ what: 'altered', file: '2026-01.jsonl', line: 2 }],
    })
  })

  it('tells wrong usage, help, and a log that cannot be read', async () => {
    expect(await run('--nonsense')).toMatchObject({
      code: 2,
      out: '',
      err: expect.stringContaining('kosmo audit --help'),
    })
    expect(await run('--help')).toMatchObject({ code: 0, out: expect.stringContaining('--verify') })
    writeFileSync(join(home, 'audit'), 'a file is in the way')
    expect(await run()).toMatchObject({
      code: 1,
      out: '',
      err: expect.stringMatching(/^kosmo: The audit log cannot/),
    })
  })
})

describe('kosmo audit --follow', () => {
  it.skipIf(process.platform === 'win32')(
    'prints what comes, into the next month, and ends with Ctrl+C',
    async () => {
      append({ ms: 1 })
      const { child, text, ended } = start('--follow', '--client=codex')
      await vi.waitFor(() => expect(text.out).toContain(' 1 ms\n'), 40_000)
      append({ ms: 2 })
      append({ ms: 3, client: 'other' })
      clock = Date.UTC(2026, 1, 5)
      append({ ms: 4 })
      await vi.waitFor(() => expect(text.out).toContain(' 4 ms\n'), 40_000)
      child.kill('SIGINT')
      const { code, out, err } = await ended
      expect({ code, err }).toEqual({ code: 0, err: '' })
      expect(out.match(/\d+ ms/g)).toEqual(['1 ms', '2 ms', '4 ms'])
    },
  )

  it('waits for the first entry, and gives JSON a line each', async () => {
    const { child, text, ended } = start('--follow', '--json')
    const first = append({ ms: 1 })
    await vi.waitFor(() => expect(text.out).toContain('\n'), 40_000)
    expect(JSON.parse(text.out)).toEqual(first)
    child.kill('SIGTERM')
    expect((await ended).code).toBe(process.platform === 'win32' ? null : 0)
  })

  it('ends when nobody reads any more', async () => {
    append({ ms: 1 })
    const { child, text, ended } = start('--follow')
    await vi.waitFor(() => expect(text.out).toContain(' 1 ms\n'), 40_000)
    child.stdout?.destroy()
    for (let index = 0; index < 3; index += 1) append({ ms: 2 })
    expect(await ended).toMatchObject({ code: 0, err: '' })
  })

  it('lists for a reader that takes only the first lines', async () => {
    for (let index = 0; index < 400; index += 1) append({ target: 'x'.repeat(290) })
    const { child, ended } = start('--limit=400')
    child.stdout?.once('data', () => child.stdout?.destroy())
    expect(await ended).toMatchObject({ code: 0, err: '' })
  })
})
