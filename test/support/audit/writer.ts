import { writeSync } from 'node:fs'
import { openAudit } from '../../../electron/broker/audit/audit-log.ts'

/*
 * A process that writes the audit log: `writer.ts <folder> <name> <count> [durable]`. Tells each number on stdout once
 * it is in the log, and an error in words.
 */
const [folder = '', name = '', count = '0', durable] = process.argv.slice(2)
const log = openAudit(folder, { now: Date.now, waitMs: 20_000 })
for (let index = 0; index < Number(count); index += 1) {
  try {
    const draft = {
      kind: 'call',
      client: name,
      function: 'f',
      target: 'x'.repeat(Math.floor(Math.random() * 300)),
    } as const
    const { seq } = log.append(draft, { durable: durable === 'durable' })
    writeSync(1, `${seq}\n`)
  } catch (error) {
    writeSync(1, `${error instanceof Error ? error.message : 'unknown'}\n`)
  }
}
