import { accessSync, constants, existsSync, lstatSync, type Stats, statfsSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Finding } from '../../../shared/clients/finding.ts'
import { faultWords } from '../../broker/fault-words.ts'
import { openReceipts } from '../receipts.ts'
import type { DoctorSystem } from './doctor-system.ts'

/** Whether our folder is the person's alone. */
export function checkFolder({ kosmoHome, uid }: DoctorSystem): Finding[] {
  const base = { id: 'folder', title: 'Folder' }
  const entry = entryOf(kosmoHome)
  if (entry === undefined) {
    const place = nearestThere(dirname(kosmoHome))
    const fault = faultOf(place)
    if (fault !== undefined) {
      return [{ ...base, state: 'fail', said: `${kosmoHome} cannot be made: ${fault}.`, todo: ELSEWHERE }]
    }
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
  const fault = faultOf(kosmoHome)
  if (fault !== undefined) {
    return [
      {
        ...base,
        state: 'fail',
        said: `Nothing can be kept, so nothing is posted: ${fault}.`,
        todo: ELSEWHERE,
      },
    ]
  }
  return [{ ...base, state: 'ok', said: `${kosmoHome} is yours alone.` }]
}

const ELSEWHERE = 'Mend that, or set KOSMO_HOME to another folder.'

/** A post needs its line in the journal and in the audit. */
const LEAST_ROOM = 64 * 1024

/** Why nothing new can be put into a folder. */
function faultOf(folder: string): string | undefined {
  if (!statSync(folder).isDirectory()) return `${folder} is not a folder`
  try {
    accessSync(folder, constants.W_OK | constants.X_OK)
  } catch (error) {
    return `${folder} cannot be written to (${faultWords(error)})`
  }
  const { bavail, blocks, bsize } = statfsSync(folder)
  return blocks > 0 && bavail * bsize < LEAST_ROOM ? `the disk of ${folder} is full` : undefined
}

/** What is there; undefined where no way leads to it. */
function entryOf(path: string): Stats | undefined {
  try {
    return lstatSync(path)
  } catch {
    return undefined
  }
}

function nearestThere(folder: string): string {
  return existsSync(folder) || dirname(folder) === folder ? folder : nearestThere(dirname(folder))
}
