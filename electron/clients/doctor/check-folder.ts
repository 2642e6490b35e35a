import { lstatSync } from 'node:fs'
import type { Finding } from '../../../shared/clients/finding.ts'
import { openReceipts } from '../receipts.ts'
import type { DoctorSystem } from './doctor-system.ts'

/** Whether our folder is the person's alone. */
export function checkFolder({ kosmoHome, uid }: DoctorSystem): Finding[] {
  const base = { id: 'folder', title: 'Folder' }
  const entry = lstatSync(kosmoHome, { throwIfNoEntry: false })
  if (entry === undefined) {
    return [{ ...base, state: 'ok', said: `${kosmoHome} is made when something has to be kept.` }]
  }
  if (!entry.isDirectory()) {
    return [{ ...base, state: 'fail', said: `${kosmoHome} is not a folder.`, todo: 'Move it away.' }]
  }
  if (uid !== undefined && entry.uid !== uid) {
    const todo = `Run: sudo chown -R ${uid} '${kosmoHome}'`
    return [{ ...base, state: 'fail', said: `${kosmoHome} belongs to another user (${entry.uid}).`, todo }]
  }
  if (uid !== undefined && (entry.mode & 0o022) !== 0) {
    return [
      {
        ...base,
        state: 'fail',
        said: `Other users can write to ${kosmoHome}.`,
        todo: `Run: chmod 700 '${kosmoHome}'`,
      },
    ]
  }
  const [problem] = openReceipts(kosmoHome).problems()
  if (problem !== undefined) {
    return [
      {
        ...base,
        state: 'warn',
        said: `A note of what was written into a client's settings cannot be read: ${problem}`,
        todo: 'Remove that file; the entry then counts as not ours.',
      },
    ]
  }
  return [{ ...base, state: 'ok', said: `${kosmoHome} is yours alone.` }]
}
