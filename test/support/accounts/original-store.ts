import { createHash, randomBytes } from 'node:crypto'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { xsalsa20poly1305 } from '@noble/ciphers/salsa.js'

export type OriginalStoreOptions = {
  /** Fields by alias, of Mattermost. */
  accounts: Record<string, Record<string, string>>
  /** `file`: with the key in its file; else with a secret of the environment. Default: plain text. */
  encrypted?: 'file' | { secret: string }
  /** The text of config.yaml. */
  config?: string
  /** Settings besides, by key. */
  more?: Record<string, string>
  /** Everything still in the log, as after a crash. Default: merged, as after a good end. */
  crashed?: boolean
  /** As the versions before kept it: under the old name. */
  legacy?: boolean
}

export type OriginalStore = {
  /** The home folder that it is in. */
  home: string
  database: string
  /** Everything in the home folder: a hash by path. */
  fingerprint(): Record<string, string>
}

/** Makes a store as an original KosmoKrator does, by SQLite itself, in a home of its own. */
export function makeOriginalStore(options: OriginalStoreOptions): OriginalStore {
  const { accounts, encrypted, config, more = {}, crashed = false, legacy = false } = options
  const home = mkdtempSync(join(tmpdir(), 'kosmo-original-'))
  const root = join(home, legacy ? '.kosmokrator' : '.kosmo')
  const database = join(root, 'data', legacy ? 'kosmokrator.db' : 'kosmo.db')
  // Where SQLite works, so that its files can be taken over as they are at one moment.
  const work = join(mkdtempSync(join(tmpdir(), 'kosmo-sqlite-')), 'work.db')
  mkdirSync(dirname(database), { recursive: true })
  if (config !== undefined) writeFileSync(join(root, 'config.yaml'), config)
  const store = cipher(home, encrypted)
  const open = new DatabaseSync(work)
  open.exec('PRAGMA journal_mode=WAL')
  open.exec(
    'CREATE TABLE settings (scope TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, updated_at TEXT, PRIMARY KEY (scope, key))',
  )
  const put = open.prepare("INSERT INTO settings VALUES ('global', ?, ?, '2026-04-30T10:00:00+00:00')")
  const prefix = 'integration.mattermost.accounts'
  const aliases = Object.keys(accounts)
  put.run(prefix, JSON.stringify(Object.fromEntries(aliases.map(alias => [alias, true]))))
  for (const [alias, fields] of Object.entries(accounts)) {
    for (const [key, value] of Object.entries(fields)) put.run(`${prefix}.${alias}.${key}`, store(value))
  }
  for (const [key, value] of Object.entries(more)) put.run(key, value)
  open.exec(
    "INSERT INTO settings VALUES ('project-hash', 'integration.mattermost.accounts.default.url', 'x', NULL)",
  )
  if (!crashed) open.exec('PRAGMA wal_checkpoint(TRUNCATE)')
  for (const suffix of crashed ? ['', '-wal', '-shm'] : ['']) cpSync(work + suffix, database + suffix)
  open.close()
  return { home, database, fingerprint: () => fingerprintOf(home) }
}

/** libsodium's secretbox with the original's key, behind its prefix. */
function cipher(home: string, encrypted: OriginalStoreOptions['encrypted']): (value: string) => string {
  if (encrypted === undefined) return value => value
  const key = encrypted === 'file' ? randomBytes(32) : createHash('sha256').update(encrypted.secret).digest()
  if (encrypted === 'file') {
    mkdirSync(join(home, '.kosmokrator'), { recursive: true })
    writeFileSync(join(home, '.kosmokrator', 'credentials.key'), key.toString('base64'), { mode: 0o600 })
  }
  return value => {
    const nonce = randomBytes(24)
    const sealed = xsalsa20poly1305(key, nonce).encrypt(Buffer.from(value))
    return `enc:v1:${Buffer.concat([nonce, sealed]).toString('base64')}`
  }
}

function fingerprintOf(home: string): Record<string, string> {
  const files = readdirSync(home, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name))
  return Object.fromEntries(
    files.map(path => [path, createHash('sha256').update(readFileSync(path)).digest('hex')]),
  )
}
