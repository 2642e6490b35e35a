import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it, onTestFinished } from 'vitest'
import { openAudit } from '../../../../electron/broker/audit/audit-log.ts'

const module = (path: string) =>
  JSON.stringify(fileURLToPath(new URL(`../../../../electron/${path}`, import.meta.url)))

/** A process that has something to write, and that a signal ends. @param more what else it does before */
function killed(signal: string, more = '') {
  const root = mkdtempSync(join(tmpdir(), 'kosmo-end-'))
  onTestFinished(() => rmSync(root, { recursive: true, force: true }))
  const folder = join(root, 'audit')
  const program = `
    const { openAudit } = await import(${module('broker/audit/audit-log.ts')})
    const { endInOrder } = await import(${module('cli/calls/end-in-order.ts')})
    const back = endInOrder()
    const audit = openAudit(${JSON.stringify(folder)}, { now: Date.now })
    ${more}
    audit.appendSoon({ kind: 'call', client: 'last words', function: 'f', outcome: 'ok' }, () => undefined)
    process.kill(process.pid, '${signal}')
    setTimeout(() => process.exit(99), 20_000)`
  const { status, signal: by } = spawnSync(process.execPath, ['--input-type=module', '--eval', program])
  const { entries } = openAudit(folder, { now: Date.now }).read({}, 10)
  return { status, by, written: entries.map(({ client }) => client) }
}

const skip = process.platform === 'win32'

it.skipIf(skip).each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 143],
])('%s ends it with %i, and what was still to be written is written', (signal, status) => {
  expect(killed(signal)).toEqual({ status, by: null, written: ['last words'] })
})

it.skipIf(skip)('so it is with two sessions in one process', () => {
  expect(killed('SIGTERM', 'endInOrder()')).toMatchObject({ status: 143 })
})

it.skipIf(skip)('whoever listens besides decides', () => {
  const listens = `process.once('SIGTERM', () => process.exit(7))`
  expect(killed('SIGTERM', listens)).toMatchObject({ status: 7 })
})

it.skipIf(skip)('taken back, a signal does what it does by itself', () => {
  expect(killed('SIGTERM', 'back()')).toMatchObject({ status: null, by: 'SIGTERM' })
})
