import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import openSqlite from '@sqlite.org/sqlite-wasm'

/** A database of SQLite as it lies on disk, with the log of what has not been merged into it. */
export type DatabaseBytes = { database: Uint8Array; log: Uint8Array | undefined }

/** Its types leave out that it takes what every module of Emscripten takes. */
type Open = (module: object) => ReturnType<typeof openSqlite>

/** A table of some thousand rows holds a setting each; more is none of the original's. */
const MAX_ROWS = 20_000

/**
 * Reads the global settings about integrations out of an original KosmoKrator's database, by key. Works on a copy in
 * memory alone: nothing on disk is opened for it.
 *
 * @throws where it is no database of SQLite, or has no such table
 */
export async function readOriginalSettings(bytes: DatabaseBytes): Promise<Map<string, string>> {
  const quiet = () => undefined
  const wasmBinary = readFileSync(join(import.meta.dirname, 'sqlite3.wasm'))
  const sqlite = await (openSqlite as Open)({ wasmBinary, print: quiet, printErr: quiet })
  const file = '/original.db'
  sqlite.capi.sqlite3_js_posix_create_file(file, new Uint8Array(bytes.database))
  if (bytes.log !== undefined)
    sqlite.capi.sqlite3_js_posix_create_file(`${file}-wal`, new Uint8Array(bytes.log))
  const database = new sqlite.oo1.DB({ filename: file, flags: 'w' })
  try {
    // Alone, SQLite reads the log without memory that is shared with others, of which there is none here.
    database.exec('PRAGMA locking_mode=exclusive; PRAGMA trusted_schema=off')
    const rows = database.exec({
      sql: "SELECT key, value FROM settings WHERE scope = 'global' AND key LIKE 'integration.%' ORDER BY key LIMIT ?",
      bind: [MAX_ROWS],
      returnValue: 'resultRows',
      rowMode: 'array',
    })
    return new Map(rows.map(([key, value]) => [String(key), String(value)]))
  } finally {
    database.close()
  }
}
