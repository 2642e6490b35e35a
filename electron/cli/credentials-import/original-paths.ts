import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { KosmoError } from '../../../shared/errors.ts'
import { faultCode } from '../../broker/fault-code.ts'

/** Where an original KosmoKrator keeps what we read. */
export type OriginalPaths = {
  database: string
  /** Undefined where there is none. */
  config: string | undefined
  key: string
}

/** Its folders, the one of today first. */
const FOLDERS = [
  { folder: '.kosmo', database: 'kosmo.db' },
  { folder: '.kosmokrator', database: 'kosmokrator.db' },
]

/**
 * Finds an original's files.
 *
 * @param home of the person
 * @param from another home that has them, or a database alone
 * @throws KosmoError `not_found`
 */
export function findOriginal(home: string, from: string | undefined): OriginalPaths {
  const isFile = (path: string) => statSync(path, { throwIfNoEntry: false })?.isFile() === true
  const [root, named] = from === undefined || isFile(from) ? [home, from] : [from, undefined]
  const databases = FOLDERS.map(({ folder, database }) => join(root, folder, 'data', database))
  const database = named ?? databases.find(isFile)
  if (database === undefined) {
    const where = `No KosmoKrator has kept anything here: there is neither ${databases.join(' nor ')}.`
    throw new KosmoError('not_found', `${where} If it lies elsewhere, say --from=PATH.`)
  }
  return {
    database,
    config: FOLDERS.map(({ folder }) => join(root, folder, 'config.yaml')).find(isFile),
    key: join(root, '.kosmokrator', 'credentials.key'),
  }
}

/** The text of a file; undefined where there is none. @throws KosmoError where it cannot be read */
export function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    const code = faultCode(error)
    if (code === 'ENOENT') return undefined
    throw new KosmoError('invalid_input', `${path} could not be read (${code}).`)
  }
}
