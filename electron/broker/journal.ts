import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { KosmoError } from '../../shared/errors.ts'
import type { Journal, JournalFile } from '../../shared/posting/journal.ts'
import { readJournal } from '../../shared/posting/journal-entry.ts'
import { sha256 } from '../sha256.ts'
import { codeOf, faultCode } from './fault-code.ts'
import { syncFolder } from './sync-folder.ts'

/** Resolved files go after this long: a key comes back within minutes or not at all. */
const KEPT_MS = 24 * 3_600_000

/** The journal in a folder of its own (0700, files 0600): one file a post, named by the hash of its key. */
export function openJournal(folder: string, now: () => number): Journal {
  return {
    open(key) {
      const path = join(folder, `${sha256(key).slice(0, 32)}.jsonl`)
      try {
        mkdirSync(folder, { recursive: true, mode: 0o700 })
        create(path)
      } catch (error) {
        throw unusable(folder, error)
      }
      syncFolder(folder)
      return journalFile(path)
    },
    list() {
      tidy(folder, now)
      return files(folder).flatMap(({ path }) => {
        const file = journalFile(path)
        const state = file.state()
        return state === undefined ? [] : [{ file, state }]
      })
    },
  }
}

function create(path: string): void {
  try {
    closeSync(openSync(path, 'wx', 0o600))
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error
  }
}

function journalFile(path: string): JournalFile {
  return {
    write(line) {
      try {
        const descriptor = openSync(path, 'a', 0o600)
        try {
          // A line that a killed process left half written ends here, so that ours stands alone.
          writeSync(descriptor, `${endsWhole(path) ? '' : '\n'}${JSON.stringify(line)}\n`)
          fsyncSync(descriptor)
        } finally {
          closeSync(descriptor)
        }
      } catch (error) {
        throw unusable(path, error)
      }
    },
    state() {
      try {
        return readJournal(readFileSync(path, 'utf8'))
      } catch (error) {
        if (codeOf(error) === 'ENOENT') return undefined
        throw unusable(path, error)
      }
    },
  }
}

function endsWhole(path: string): boolean {
  const text = readFileSync(path, 'utf8')
  return text === '' || text.endsWith('\n')
}

/** The files by age, oldest first. One that cannot be read may be of a post that was sent: that is not passed over. */
function files(folder: string): { path: string; at: number }[] {
  try {
    const names = readdirSync(folder).filter(name => name.endsWith('.jsonl'))
    return names
      .flatMap(name => {
        const path = join(folder, name)
        const at = statSync(path, { throwIfNoEntry: false })?.mtimeMs
        return at === undefined ? [] : [{ path, at }]
      })
      .sort((a, b) => a.at - b.at)
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return []
    throw unusable(folder, error)
  }
}

function tidy(folder: string, now: () => number): void {
  for (const { path, at } of files(folder)) {
    if (at >= now() - KEPT_MS || journalFile(path).state()?.kind === 'unresolved') continue
    try {
      unlinkSync(path)
    } catch {
      // Another process was quicker.
    }
  }
}

function unusable(path: string, error: unknown): KosmoError {
  if (error instanceof KosmoError) return error
  return new KosmoError(
    'not_configured',
    `The journal cannot be used (${faultCode(error)} at ${path}), and without it nothing is posted: a post could be sent twice. Make the folder readable and writable, or set KOSMO_HOME to one that is.`,
  )
}
