import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openGrants } from '../../../electron/broker/grants-file.ts'
import { type Grant, type GrantableWrite, type GrantSpan, makeGrant } from '../../../shared/policy/grant.ts'

const HOUR = 3_600_000
let home: string
let path: string
let now: number
beforeEach(() => {
  home = join(mkdtempSync(join(tmpdir(), 'kosmo-grants-')), 'home')
  path = join(home, 'grants.json')
  now = 1_800_000_000_000
})
afterEach(() => rmSync(join(home, '..'), { recursive: true, force: true }))

const open = () => openGrants(home, () => now)
const write: GrantableWrite = {
  client: 'codex',
  workspace: '/work',
  account: 'default',
  server: 'chat.example.org',
  channel: 'c1',
  session: 's1',
  wideMentions: [],
}

function grant(span: GrantSpan, id: string = span, change: Partial<GrantableWrite> = {}): Grant {
  const made = makeGrant({ ...write, ...change, channelName: '~dev' }, { span, reach: 'channel' }, id, now)
  if (made.kind === 'none') throw new Error(made.why)
  return made.grant
}

const ids = () =>
  open()
    .list()
    .map(({ id }) => id)

it('what is granted outlasts the process, and each use is noted', () => {
  open().add(grant('always'))
  now += 5
  expect(open().find(write)).toMatchObject({ id: 'always', uses: 1, lastUsedAt: now })
  now += 5
  expect(open().find(write)).toMatchObject({ uses: 2, lastUsedAt: now })
  expect(open().list()).toEqual([{ ...grant('always'), createdAt: now - 10, uses: 2, lastUsedAt: now }])
  expect(readFileSync(path, 'utf8')).toMatch(/^\{\n\t"version": 1,\n\t"grants": \[/)
  if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600)
})

it('only the write that it is for is found, and nothing is noted of others', () => {
  open().add(grant('always'))
  const before = readFileSync(path, 'utf8')
  for (const change of [{ channel: 'c2' }, { client: 'x' }, { workspace: '/' }, { wideMentions: ['all'] }]) {
    expect(open().find({ ...write, ...change })).toBeUndefined()
  }
  expect(readFileSync(path, 'utf8')).toBe(before)
})

it('an hour is an hour; what is over is not listed and goes with the next change', () => {
  open().add(grant('1h'))
  now += HOUR - 1
  expect(open().find(write)?.id).toBe('1h')
  now += 1
  expect(open().find(write)).toBeUndefined()
  expect(ids()).toEqual([])
  expect(readFileSync(path, 'utf8')).toContain('"1h"')
  open().add(grant('8h', '8h'))
  expect(readFileSync(path, 'utf8')).not.toContain('"1h"')
})

it("a session's grants are never on disk and end with it", () => {
  const grants = open()
  grants.add(grant('session', 'one'))
  grants.add(grant('session', 'two', { session: 's2' }))
  expect(existsSync(path)).toBe(false)
  expect([grants.find(write)?.uses, grants.find(write)?.uses]).toEqual([1, 2])
  expect(grants.find({ ...write, session: 's2' })?.id).toBe('two')
  expect(grants.find({ ...write, session: 's3' })).toBeUndefined()
  expect(open().find(write)).toBeUndefined()
  grants.endSession('s1')
  expect(grants.find(write)).toBeUndefined()
  expect(grants.list().map(({ id }) => id)).toEqual(['two'])
})

describe('taking back', () => {
  it('one, on disk or of a session; what is not there is said', () => {
    const grants = open()
    for (const each of [grant('always'), grant('8h'), grant('session')]) grants.add(each)
    expect(grants.revoke('always')).toBe(true)
    expect(grants.revoke('always')).toBe(false)
    expect(grants.list().map(({ id }) => id)).toEqual(['session', '8h'])
    expect(grants.revoke('session')).toBe(true)
    expect(ids()).toEqual(['8h'])
  })

  it('is seen by others at once, and a use noted by them does not bring it back', () => {
    const [ours, theirs] = [open(), open()]
    ours.add(grant('always'))
    ours.add(grant('8h', 'other', { channel: 'c2' }))
    expect(theirs.find(write)?.id).toBe('always')
    ours.revoke('always')
    expect(theirs.find(write)).toBeUndefined()
    expect(theirs.find({ ...write, channel: 'c2' })?.id).toBe('other')
    expect(ids()).toEqual(['other'])
  })

  it('all of them', () => {
    const grants = open()
    expect(grants.revokeAll()).toBe(0)
    expect(existsSync(path)).toBe(false)
    for (const each of [grant('always'), grant('8h'), grant('session')]) grants.add(each)
    expect(grants.revokeAll()).toBe(3)
    expect(grants.list()).toEqual([])
    expect(open().find(write)).toBeUndefined()
  })
})

describe('a broken file', () => {
  const put = (text: string) => {
    mkdirSync(home, { recursive: true })
    writeFileSync(path, text, { mode: 0o600 })
  }
  const text = () => {
    const { lastUsedAt: _, ...lasting } = grant('always')
    return JSON.stringify({ version: 1, grants: [lasting, { ...lasting, id: 'odd', span: 'for ever' }] })
  }

  it('grants nothing, not even what is whole in it, is told and left as it is', () => {
    put(text())
    const grants = open()
    expect(grants.find(write)).toBeUndefined()
    expect(grants.list()).toEqual([])
    expect(grants.fault()).toContain(path)
    expect(grants.fault()).toContain('"grants.1.span"')
    for (const act of [() => grants.add(grant('always')), () => grants.revoke('always')]) {
      expect(act).toThrow(expect.objectContaining({ code: 'not_configured' }))
    }
    expect(readFileSync(path, 'utf8')).toBe(text())
  })

  it("does not hinder a session's", () => {
    put('{')
    const grants = open()
    grants.add(grant('session'))
    expect(grants.find(write)?.id).toBe('session')
    expect(grants.revoke('session')).toBe(true)
    expect(readFileSync(path, 'utf8')).toBe('{')
  })

  it("with a session's grant on disk is one: nobody knows whether that session is over", () => {
    put(JSON.stringify({ version: 1, grants: [grant('session')] }))
    expect(open().fault()).toBeDefined()
    expect(open().find(write)).toBeUndefined()
  })

  it('goes when the person takes back everything', () => {
    put(text())
    expect(open().revokeAll()).toBe(0)
    expect(open().fault()).toBeUndefined()
    open().add(grant('always'))
    expect(ids()).toEqual(['always'])
  })
})

it('a use that cannot be noted takes nothing away; a grant that cannot be kept is told', () => {
  const grants = open()
  grants.add(grant('always'))
  // Nothing can be put in place of a file whose temporary one cannot be made.
  mkdirSync(`${path}.${process.pid}.tmp`)
  expect(grants.find(write)?.id).toBe('always')
  expect(() => grants.add(grant('8h'))).toThrow(expect.objectContaining({ code: 'not_configured' }))
  expect(ids()).toEqual(['always'])
})
