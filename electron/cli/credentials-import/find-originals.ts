import { type ErrorCode, KosmoError } from '../../../shared/errors.ts'
import type { Integration } from '../../integrations/integration.ts'
import { type OriginalAccounts, originalAccounts } from './original-accounts.ts'
import { originalKey } from './original-cipher.ts'
import { type DatabaseBytes, readOriginalSettings } from './original-database.ts'
import { findOriginal, type OriginalPaths, textOf } from './original-paths.ts'
import { type OriginalPermissions, originalPermissions } from './original-permissions.ts'
import { readDatabaseBytes } from './read-database-bytes.ts'

/** A failure crosses from one program of ours into another as data: each has error classes of its own. */
export type FoundOriginals =
  | { kind: 'found'; originals: Originals }
  | { kind: 'refused'; code: ErrorCode; message: string }

export type Originals = OriginalAccounts & { paths: OriginalPaths; permissions: OriginalPermissions }

export type FindOptions = {
  home: string
  from: string | undefined
  variables: Record<string, string | undefined>
}

/** Reads what an original KosmoKrator keeps about an integration; writes nothing anywhere. */
export async function findOriginals(integration: Integration, options: FindOptions): Promise<FoundOriginals> {
  try {
    return { kind: 'found', originals: await find(integration, options) }
  } catch (error) {
    if (error instanceof KosmoError) return { kind: 'refused', code: error.code, message: error.message }
    throw error
  }
}

async function find(integration: Integration, { home, from, variables }: FindOptions): Promise<Originals> {
  const paths = findOriginal(home, from)
  const bytes = readDatabaseBytes(paths.database)
  const key = originalKey(variables.KOSMO_CREDENTIAL_KEY || variables.KOSMO_SECRET_KEY, textOf(paths.key))
  const found = originalAccounts(await readSettings(paths.database, bytes), key, integration)
  return { paths, ...found, permissions: readPermissions(paths.config, integration.id) }
}

async function readSettings(path: string, bytes: DatabaseBytes) {
  try {
    return await readOriginalSettings(bytes)
  } catch {
    throw new KosmoError('invalid_input', `${path} is not a KosmoKrator database, or it is damaged.`)
  }
}

function readPermissions(path: string | undefined, id: string): OriginalPermissions {
  const text = path === undefined ? undefined : textOf(path)
  if (text === undefined) return { enabled: undefined, read: undefined, write: undefined }
  const read = originalPermissions(text, id)
  if (read.kind === 'permissions') return read.permissions
  throw new KosmoError(
    'invalid_input',
    `${path} is not valid YAML, so nobody knows what it forbids. Mend it, or move it away, and run this again.`,
  )
}
