import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { openJournal } from '../../../electron/broker/journal.ts'
import { KosmoError } from '../../../shared/errors.ts'
import type { IntendedLine, JournalLine } from '../../../shared/posting/journal-entry.ts'

const at = '2026-01-05T09:00:00.000Z'
const intent: IntendedLine = {
  step: 'intended',
  at,
  mark: 'm',
  server: 's',
  author: 'a',
  channel: 'c',
  hash: 'h',
  characters: 1,
  client: 'x',
  pid: 1,
  claim: 'one',
}
const sending: JournalLine = { step: 'sending', at, attempt: 1, pending: 'p' }
const posted: JournalLine = { step: 'posted', at, post: 'id', how: 'answered' }
const DAY = 24 * 3_600_000

const synced: number[] = []
vi.mock('node:fs', async original => {
  const fs = await original<typeof import('node:fs')>()
  return {
    ...fs,
    fsyncSync: (descriptor: number) => {
      synced.push(fs.fstatSync(descriptor).size)
      fs.fsyncSync(descriptor)
    },
  }
})

let root: string
let folder: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'kosmo-journal-'))
  folder = join(root, 'home', 'journal')
  synced.length = 0
})
afterEach(() => {
  vi.restoreAllMocks()
  rmSync(root, { recursive: true, force: true })
})

const journal = () => openJournal(folder, Date.now)
const path = () => join(folder, readdirSync(folder)[0] ?? 'nothing')

describe('the journal', () => {
  it('gives one key one file, whoever opens it, and its name does not tell the key', () => {
    journal().open('secret key').write(intent)
    journal()
      .open('secret key')
      .write({ ...intent, claim: 'two' })
    expect(readdirSync(folder)).toHaveLength(1)
    expect(path()).not.toContain('secret')
    expect(journal().open('secret key').state()).toMatchObject({ kind: 'intended', intent: { claim: 'one' } })
  })

  it.skipIf(process.platform === 'win32')('is for its owner alone: folder 0700, files 0600', () => {
    journal().open('key').write(intent)
    expect(statSync(folder).mode & 0o777).toBe(0o700)
    expect(statSync(path()).mode & 0o777).toBe(0o600)
  })

  it('has a line on disk before it returns', () => {
    const file = journal().open('key')
    file.write(intent)
    const size = Buffer.byteLength(`${JSON.stringify(intent)}\n`)
    expect(readFileSync(path(), 'utf8')).toBe(`${JSON.stringify(intent)}\n`)
    expect(synced).toContain(size)
    file.write(sending)
    expect(synced).toContain(size + Buffer.byteLength(`${JSON.stringify(sending)}\n`))
  })

  it('reads on after a line that was left half written', () => {
    const file = journal().open('key')
    file.write(intent)
    appendFileSync(path(), '{"step":"sendi')
    expect(file.state()?.kind).toBe('intended')
    file.write(sending)
    expect(file.state()?.kind).toBe('unresolved')
    file.write(posted)
    expect(file.state()).toMatchObject({ kind: 'posted', post: 'id' })
  })

  it('says what is wrong where the folder cannot be made', () => {
    mkdirSync(join(root, 'home'))
    writeFileSync(folder, 'a file is in the way')
    expect(() => journal().open('key')).toThrow(KosmoError)
    expect(() => journal().open('key')).toThrow(/journal cannot be used .*KOSMO_HOME/)
  })

  it.skipIf(process.getuid?.() === 0)('does not pass over a file that it may not read', () => {
    journal().open('key').write(intent)
    chmodSync(path(), 0)
    expect(() => journal().list()).toThrow(KosmoError)
  })

  it('does not take a folder that cannot be read for one without posts', () => {
    mkdirSync(join(root, 'home'))
    writeFileSync(folder, 'a file is in the way')
    expect(() => journal().list()).toThrow(KosmoError)
  })

  it('lists nothing where nothing was ever posted', () => {
    expect(journal().list()).toEqual([])
    expect(existsSync(folder)).toBe(false)
  })

  it('lists the oldest first', () => {
    for (const [age, key] of [
      [1, 'young'],
      [3, 'old'],
      [2, 'middle'],
    ] as const) {
      const before = new Set(existsSync(folder) ? readdirSync(folder) : [])
      journal()
        .open(key)
        .write({ ...intent, mark: key })
      const name = readdirSync(folder).find(other => !before.has(other)) ?? ''
      utimesSync(join(folder, name), new Date(Date.now() - age * 60_000), new Date(Date.now() - age * 60_000))
    }
    const marks = journal()
      .list()
      .map(({ state }) => state.intent.mark)
    expect(marks).toEqual(['old', 'middle', 'young'])
  })

  it('tidies what is resolved after a day, and never what is not', () => {
    const ends: Record<string, JournalLine[]> = {
      posted: [intent, sending, posted],
      refused: [intent, sending, { step: 'not-posted', at, why: 'forbidden' }],
      intended: [intent],
      sending: [intent, sending],
      unknown: [intent, sending, { step: 'unknown', at, why: 'timeout' }],
    }
    for (const [key, steps] of Object.entries(ends)) {
      for (const step of steps) journal().open(key).write(step)
    }
    expect(openJournal(folder, () => Date.now() + DAY - 60_000).list()).toHaveLength(5)
    const left = openJournal(folder, () => Date.now() + DAY + 60_000).list()
    expect(left.map(({ state }) => state.kind)).toEqual(['unresolved', 'unresolved'])
    expect(readdirSync(folder)).toHaveLength(2)
  })
})
