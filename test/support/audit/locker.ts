import {
  appendFileSync,
  closeSync,
  openSync,
  renameSync,
  unlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { withFileLock } from '../../../electron/broker/audit/file-lock.ts'
import { newOwner, ownerText } from '../../../electron/broker/audit/lock-owner.ts'

/*
 * A process that takes a lock again and again and tells where two had it at once: `locker.ts <lock> <count> <report>`.
 * With a count of 0 it takes it once and keeps it until it is killed; with "takeover" it is just taking it over.
 */
const [lock = '', count = '0', report = ''] = process.argv.slice(2)
const sleep = (ms?: number) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms)
if (count === '0') {
  withFileLock(lock, 5_000, () => {
    writeSync(1, 'held\n')
    sleep()
  })
}
if (count === 'takeover') {
  writeFileSync(`${lock}.next`, ownerText(newOwner()))
  writeSync(1, 'held\n')
  sleep(500)
  writeFileSync(`${lock}.new`, ownerText(newOwner()))
  renameSync(`${lock}.new`, lock)
  unlinkSync(`${lock}.next`)
  sleep()
}
for (let index = 0; index < (Number(count) || 0); index += 1) {
  withFileLock(lock, 20_000, () => {
    try {
      closeSync(openSync(`${report}.inside`, 'wx'))
      unlinkSync(`${report}.inside`)
    } catch {
      appendFileSync(report, 'two at once\n')
    }
  })
}
