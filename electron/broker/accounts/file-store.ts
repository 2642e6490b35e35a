import { lstatSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import { KosmoError } from '../../../shared/errors.ts'
import { faultWords } from '../fault-words.ts'
import { jsonReader, jsonText } from '../json-file.ts'
import { writeWhole } from '../whole-file.ts'
import type { AccountStore } from './account-store.ts'

const schema = z.strictObject({ version: z.literal(1), secrets: z.record(z.string().min(1), z.string()) })

/** `accounts.json` in our folder: plain text that its owner alone may read, for who asked for it. */
export function openFileStore(home: string): AccountStore {
  const path = join(home, 'accounts.json')
  const readFile = jsonReader(path, schema)
  const read = (): Record<string, string> => {
    refuseReadable(path)
    const file = readFile()
    if (file.kind === 'broken') throw unusable(`${file.why}.`)
    return file.kind === 'missing' ? {} : file.value.secrets
  }
  const write = (secrets: Record<string, string>) => {
    try {
      writeWhole(path, jsonText({ version: 1, secrets }))
    } catch (error) {
      throw unusable(`${path} could not be written (${faultWords(error)}) and is as it was.`)
    }
  }
  return {
    async get(key) {
      const secrets = read()
      return Object.hasOwn(secrets, key) ? secrets[key] : undefined
    },
    async set(key, value) {
      write({ ...read(), [key]: value })
    },
    async remove(key) {
      const secrets = read()
      if (!Object.hasOwn(secrets, key)) return false
      write(Object.fromEntries(Object.entries(secrets).filter(([name]) => name !== key)))
      return true
    },
  }
}

/** As ssh does with keys: a token that others may read is not used, so that its owner hears of it. */
function refuseReadable(path: string): void {
  // Windows has no such bits; the home directory's own rights do this.
  if (process.getuid === undefined) return
  const entry = lstatSync(path, { throwIfNoEntry: false })
  if (entry?.isFile() && (entry.mode & 0o077) !== 0) {
    throw unusable(`other users can read ${path}; run: chmod 600 '${path.replaceAll("'", "'\\''")}'`)
  }
}

function unusable(why: string): KosmoError {
  return new KosmoError('not_configured', `The file with the accounts cannot be used: ${why}`)
}
