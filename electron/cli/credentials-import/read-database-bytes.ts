import { readFileSync, statSync } from 'node:fs'
import { KosmoError } from '../../../shared/errors.ts'
import { faultCode } from '../../broker/fault-code.ts'
import type { DatabaseBytes } from './original-database.ts'

const TRIES = 5

/** Conversations lie in there too; more than this is not read into memory. */
const MAX_BYTES = 1_000_000_000

/** Reads a database that a program may be writing to: both of its files as they were at one time. @throws KosmoError */
export function readDatabaseBytes(path: string): DatabaseBytes {
  const [database, log] = [path, `${path}-wal`]
  for (let tries = 0; tries < TRIES; tries++) {
    const before = [stateOf(database), stateOf(log)]
    if (before[0] === undefined) throw new KosmoError('not_found', `There is no database at ${path}.`)
    const bytes = { database: read(database), log: before[1] === undefined ? undefined : read(log) }
    if (before.join() === [stateOf(database), stateOf(log)].join()) return bytes
  }
  throw new KosmoError(
    'unavailable',
    `${path} is being written to all the time. Close KosmoKrator and run this again.`,
  )
}

/** What changes with every write; undefined where there is no file. */
function stateOf(path: string): string | undefined {
  const stat = statSync(path, { throwIfNoEntry: false, bigint: true })
  if (stat === undefined) return undefined
  if (!stat.isFile()) throw new KosmoError('invalid_input', `${path} is not a file.`)
  if (stat.size > MAX_BYTES) throw new KosmoError('invalid_input', `${path} is too large to be read (1 GB).`)
  return `${stat.ino} ${stat.size} ${stat.mtimeNs}`
}

function read(path: string): Uint8Array {
  try {
    return readFileSync(path)
  } catch (error) {
    throw new KosmoError('invalid_input', `${path} could not be read (${faultCode(error)}).`)
  }
}
