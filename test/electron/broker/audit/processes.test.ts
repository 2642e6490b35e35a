import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { openAudit } from '../../../../electron/broker/audit/audit-log.ts'
import { startWriter, type Writer } from '../../../support/audit/start-writer.ts'

let root: string
let folder: string
const writers: Writer[] = []
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'kosmo-audit-processes-'))
  folder = join(root, 'audit')
})
afterEach(async () => {
  for (const { child, ended } of writers.splice(0)) {
    child.kill('SIGKILL')
    await ended
  }
  rmSync(root, { recursive: true, force: true })
})

const log = () => openAudit(folder, { now: Date.now })
function start(...args: Parameters<typeof startWriter>): Writer {
  const writer = startWriter(...args)
  writers.push(writer)
  return writer
}

describe('several processes at once', () => {
  it('write one chain: every number once, each in the order of its writer', async () => {
    const all = ['a', 'b', 'c', 'd', 'e'].map(name => start(folder, name, 200))
    let own = 0
    while (all.some(({ child }) => child.exitCode === null)) {
      log().append({ kind: 'call', client: 'own' })
      own += 1
      await new Promise(setImmediate)
    }
    expect(await Promise.all(all.map(({ ended }) => ended))).toEqual([0, 0, 0, 0, 0])
    const { entries } = log().read({}, 100_000)
    expect(entries).toHaveLength(1000 + own)
    for (const [index, writer] of all.entries()) {
      const seqs = entries.filter(({ client }) => client === 'abcde'[index]).map(({ seq }) => String(seq))
      expect(writer.said()).toEqual(seqs)
    }
    expect(await log().verify()).toMatchObject({ kind: 'intact', entries: 1000 + own, notes: [] })
    expect(readdirSync(folder).filter(name => name.startsWith('lock'))).toEqual([])
  })

  it('killed with -9 while they write, again and again: nothing told is lost, the log verifies and goes on', async () => {
    const told = new Set<string>()
    for (let round = 0; round < 12; round += 1) {
      const two = [start(folder, 'a', 1e9, { durable: round % 2 === 0 }), start(folder, 'b', 1e9)]
      await vi.waitFor(() => expect(two.every(writer => writer.said().length > 3)).toBe(true), {
        timeout: 20_000,
        interval: 1 + round,
      })
      // Verified while they write: what is on its way is no fault.
      if (round % 5 === 0) expect(await log().verify()).toMatchObject({ kind: 'intact' })
      for (const { child } of two) child.kill('SIGKILL')
      // At once: the killed are not reaped yet, and may hold the lock.
      const { seq } = log().append({ kind: 'decision', client: 'own' }, { durable: true })
      told.add(String(seq))
      for (const { ended } of two) await ended
      for (const writer of two) for (const line of writer.said()) told.add(line)
      expect(await log().verify()).toMatchObject({ kind: 'intact' })
    }
    const seqs = new Set(
      log()
        .read({}, 1_000_000)
        .entries.map(entry => String(entry.seq)),
    )
    expect([...told].filter(line => !seqs.has(line))).toEqual([])
  }, 120_000)
})
