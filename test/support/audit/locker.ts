import { appendFileSync, closeSync, openSync, unlinkSync, writeSync } from 'node:fs'
import { withFileLock } from '../../../electron/broker/audit/file-lock.ts'

/*
 * A process that takes a lock again and again and tells where two had it at once: `locker.ts <lock> <count> <report>`.
 * With a count of 0 it takes it once and keeps it until it is killed.
 */
const [lock = '', count = '0', report = ''] = process.argv.slice(2)
if (count === '0') {
  withFileLock(lock, 5_000, () => {
    writeSync(1, 'held\n')
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
  })
}
for (let index = 0; index < Number(count); index += 1) {
  withFileLock(lock, 20_000, () => {
    try {
      closeSync(openSync(`${report}.inside`, 'wx'))
      unlinkSync(`${report}.inside`)
    } catch {
      appendFileSync(report, 'two at once\n')
    }
  })
}
