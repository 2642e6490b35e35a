import { spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openAudit } from '../../../../electron/broker/audit/audit-log.ts'
import type { AuditDraft } from '../../../../shared/audit/entry.ts'
import { KosmoError } from '../../../../shared/errors.ts'

let root: string
let folder: string
let clock: number
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'kosmo-audit-soon-'))
  folder = join(root, 'audit')
  clock = Date.UTC(2026, 0, 31, 23, 59, 59)
})
afterEach(() => {
  chmodSync(root, 0o700)
  rmSync(root, { recursive: true, force: true })
})

const log = () => openAudit(folder, { now: () => clock, waitMs: 200 })
const call = (client: string): AuditDraft => ({ kind: 'call', client, function: 'f', outcome: 'ok' })
const files = () => readdirSync(folder).filter(name => name.endsWith('.jsonl'))
const clients = () =>
  log()
    .read({}, 1_000)
    .entries.map(({ client }) => client)

describe('entries that may wait a moment', () => {
  it('go into the log together, as one sound chain, and each has the time at which it happened', async () => {
    const audit = log()
    const faults: unknown[] = []
    for (let nth = 0; nth < 300; nth++) {
      audit.appendSoon(call(`c${nth}`), fault => faults.push(fault))
      clock += 10
    }
    await expect.poll(clients).toHaveLength(300)
    expect(clients()).toEqual(Array.from({ length: 300 }, (_, nth) => `c${nth}`))
    const { entries } = audit.read({}, 1_000)
    expect(new Set(entries.map(({ at }) => at)).size).toBe(300)
    expect(await audit.verify()).toMatchObject({ kind: 'intact' })
    // One word for each time that was written, none of them a fault.
    expect(faults.length).toBeLessThan(5)
    expect(faults.every(fault => fault === undefined)).toBe(true)
  })

  it('stand before what is written after them, and are in what is read after them', () => {
    const audit = log()
    audit.appendSoon(call('first'), () => undefined)
    audit.append(call('second'))
    audit.appendSoon(call('third'), () => undefined)
    expect(audit.read({}, 10).entries.map(({ client }) => client)).toEqual(['first', 'second', 'third'])
  })

  it('are written when the process ends before the moment is over', () => {
    const path = fileURLToPath(new URL('../../../../electron/broker/audit/audit-log.ts', import.meta.url))
    const program = `
      const { openAudit } = await import(${JSON.stringify(path)})
      const audit = openAudit(${JSON.stringify(folder)}, { now: Date.now })
      audit.appendSoon(${JSON.stringify(call('last words'))}, () => undefined)
      process.exit(0)`
    const ended = spawnSync(process.execPath, ['--input-type=module', '--eval', program])
    expect(ended.stderr.toString()).toBe('')
    expect(clients()).toEqual(['last words'])
  })

  it.skipIf(process.getuid?.() === 0 || process.platform === 'win32')(
    'tell that they could not be written, once for all, and nothing of them is there',
    async () => {
      const audit = log()
      audit.append(call('before'))
      const [file = ''] = files()
      const before = readFileSync(join(folder, file), 'utf8')
      chmodSync(folder, 0o500)
      const faults: unknown[] = []
      audit.appendSoon(call('a'), fault => faults.push(fault))
      audit.appendSoon(call('b'), fault => faults.push(fault))
      await expect.poll(() => faults).toHaveLength(1)
      expect(faults[0]).toBeInstanceOf(KosmoError)
      chmodSync(folder, 0o700)
      expect(readFileSync(join(folder, file), 'utf8')).toBe(before)
    },
  )

  it('that are none are told, and keep nothing else out', async () => {
    const audit = log()
    const faults: unknown[] = []
    const note = (fault: unknown) => faults.push(fault)
    audit.appendSoon(call('before'), note)
    audit.appendSoon({ ...call('odd'), ms: Number.NaN }, note)
    expect(faults).toMatchObject([{ code: 'audit_failed', message: expect.stringContaining('(ms)') }])
    audit.appendSoon(call('after'), note)
    expect(() => audit.append({ ...call('odd'), characters: Number.NaN })).toThrow(/\(characters\)/)
    audit.flush()
    expect(clients()).toEqual(['before', 'after'])
    expect(await audit.verify()).toMatchObject({ kind: 'intact', entries: 2 })
  })

  it('that could not be written do not keep later ones out', async () => {
    const audit = openAudit(join(root, 'audit', 'below'), { now: () => clock, waitMs: 50 })
    const faults: unknown[] = []
    // A file where the folder should be.
    log().append(call('a'))
    const [file = ''] = files()
    const blocked = openAudit(join(folder, file), { now: () => clock, waitMs: 50 })
    blocked.appendSoon(call('b'), fault => faults.push(fault))
    blocked.flush()
    expect(faults[0]).toBeInstanceOf(KosmoError)
    audit.appendSoon(call('c'), fault => faults.push(fault))
    audit.flush()
    expect(faults[1]).toBeUndefined()
  })
})
