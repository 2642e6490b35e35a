import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Channel, Person } from '../support/mattermost/records.ts'
import { startMattermost, type TestMattermost } from '../support/mattermost/server.ts'
import { World } from '../support/mattermost/world.ts'
import { type KosmoProcess, kosmoJournal, startKosmo } from '../support/posting/kosmo-process.ts'

const POST = { method: 'POST', path: /\/posts$/ }

let home: string
let world: World
let alice: Person
let dev: Channel
let mattermost: TestMattermost
let aheadMs: number
const processes: KosmoProcess[] = []

beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'kosmo-kill-nine-'))
  aheadMs = 0
  world = new World({ now: () => Date.now() + aheadMs })
  alice = world.addPerson('alice')
  dev = world.addChannel(world.addTeam('eng', { creator: alice }), 'dev', { creator: alice })
  mattermost = await startMattermost({ world })
})
afterEach(async () => {
  for (const process of processes.splice(0)) await process.killNine()
  await mattermost.close()
  rmSync(home, { recursive: true, force: true })
})

const call = () => ({ channel_id: dev.id, message: 'only once', idempotency_key: 'key' })
const rows = () => world.posts.inChannel(dev.id).filter(post => post.message === 'only once')
const sent = () => mattermost.requestsTo('POST', POST.path)
const folder = () => join(home, 'journal')
const files = () => (existsSync(folder()) ? readdirSync(folder()).map(name => join(folder(), name)) : [])
const steps = () =>
  files().flatMap(file =>
    [...readFileSync(file, 'utf8').matchAll(/^\{"step":"([a-z-]+)".*\}$/gm)].map(([, step]) => step),
  )

async function start(): Promise<KosmoProcess> {
  const started = await startKosmo({ url: mattermost.url, token: world.token(alice) }, home)
  processes.push(started)
  return started
}

/** As if so much time had passed: for the server by its clock, for us by what the journal says. */
function letPass(milliseconds: number): void {
  aheadMs += milliseconds
  for (const file of files()) {
    const text = readFileSync(file, 'utf8')
    const earlier = (_: string, at: string) =>
      `"at":"${new Date(Date.parse(at) - milliseconds).toISOString()}"`
    writeFileSync(file, text.replace(/"at":"([^"]+)"/g, earlier))
  }
}

/** Starts a process, has it post, and kills it when the request stands at a point of the server. */
async function killAt(point: 'beforeHandler' | 'beforeSave' | 'afterHandler') {
  const gate = mattermost.faults.hold(POST, point)
  const process = await start()
  const answer = process.createPost(call())
  await gate.arrived
  await process.killNine()
  expect(await answer).toBeUndefined()
  return gate
}

describe('killed while the post is on its way', () => {
  it.each(['beforeHandler', 'beforeSave', 'afterHandler'] as const)(
    '%s: what the server saves all the same is found by the next process, which sends nothing',
    async point => {
      const gate = await killAt(point)
      expect(steps()).toEqual(['intended', 'sending'])
      gate.release()
      await vi.waitFor(() => expect(rows()).toHaveLength(1))
      const next = await start()
      await vi.waitFor(() => expect(steps()).toEqual(['intended', 'sending', 'posted']), 40_000)
      expect(sent()).toHaveLength(1)
      const again = await next.createPost(call())
      expect(again?.structuredContent).toMatchObject({ id: rows()[0]?.id, deduplicated: true })
      expect(rows()).toHaveLength(1)
      expect(sent()).toHaveLength(1)
    },
  )

  it('what never arrived stays unknown for two minutes, and then the same key posts it once', async () => {
    const gate = await killAt('beforeSave')
    gate.abandon()
    const early = await (await start()).createPost(call())
    expect(early).toMatchObject({ isError: true })
    expect(early?.content[0]?.text).toMatch(/\[unknown_outcome\]$/)
    expect(sent()).toHaveLength(1)
    letPass(180_000)
    const late = await start()
    await vi.waitFor(() => expect(steps()).toContain('not-posted'), 40_000)
    expect(sent()).toHaveLength(1)
    const answer = await late.createPost(call())
    expect(answer?.structuredContent).toMatchObject({ id: rows()[0]?.id })
    expect(answer?.structuredContent).not.toHaveProperty('deduplicated')
    expect(rows()).toHaveLength(1)
  })
})

/** Kills at a moment that comes by chance, then has the next process make the same call until it is answered. */
async function killAndCallAgain(moment: (answer: Promise<unknown>) => Promise<void>): Promise<void> {
  const first = await start()
  const answer = first.createPost(call())
  await moment(answer)
  await first.killNine()
  const told = await answer
  const before = sent().length
  letPass(180_000)
  const again = await (await start()).createPost(call())
  expect(again?.isError, again?.content[0]?.text).toBeUndefined()
  expect(rows()).toHaveLength(1)
  expect(again?.structuredContent).toMatchObject({ id: rows()[0]?.id })
  if (told !== undefined) expect(told.structuredContent).toMatchObject({ id: rows()[0]?.id })
  if (rows().length === before) expect(again?.structuredContent).toMatchObject({ deduplicated: true })
}

async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn++) await setImmediate()
}

describe('killed at a moment that comes by chance', () => {
  it.each([1, 2, 3, 4])(
    'as soon as the journal has a line: the same key leads to one post (%i)',
    async () => {
      await killAndCallAgain(async () => {
        while (steps().length === 0) await setImmediate()
      })
    },
  )

  it.each([0, 1, 2, 4, 8, 16])(
    '%i turns after the server has answered: the same key leads to one post',
    async count => {
      const gate = mattermost.faults.hold(POST, 'afterHandler')
      await killAndCallAgain(async () => {
        await gate.arrived
        gate.release()
        await turns(count)
      })
    },
  )

  it.each([0, 100, 400, 1_600, 6_400])(
    '%i turns after the call: the same key leads to one post',
    async count => {
      await killAndCallAgain(() => turns(count))
    },
  )

  it('between the intent and the sending: nothing was sent, so the same key posts at once', async () => {
    const gate = await killAt('beforeHandler')
    gate.abandon()
    const [file = ''] = files()
    writeFileSync(file, `${readFileSync(file, 'utf8').split('\n')[0]}\n{"step":"sendi`)
    expect(kosmoJournal(home).exitCode).toBe(0)
    const answer = await (await start()).createPost(call())
    expect(answer?.structuredContent).toMatchObject({ id: rows()[0]?.id })
    expect(rows()).toHaveLength(1)
  })
})

describe('kosmo journal', () => {
  it('says that every post is accounted for, and ends with 0', async () => {
    expect(kosmoJournal(home)).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining('accounted for'),
    })
    await (await start()).createPost(call())
    expect(kosmoJournal(home).exitCode).toBe(0)
    const { exitCode, stdout } = kosmoJournal(home, '--json')
    expect(exitCode).toBe(0)
    expect(JSON.parse(stdout)).toEqual({ success: true, folder: folder(), unresolved: [] })
  })

  it('lists what may have been posted without its text, and ends with 1', async () => {
    await killAt('beforeSave')
    const person = kosmoJournal(home)
    expect(person.exitCode).toBe(1)
    expect(person.stdout).toContain(`9 characters to ${mattermost.url} channel ${dev.id}`)
    const { exitCode, stdout } = kosmoJournal(home, '--json')
    expect(exitCode).toBe(1)
    expect(JSON.parse(stdout)).toMatchObject({
      success: true,
      unresolved: [{ channel: dev.id, author: alice.id, attempts: 1, characters: 9, client: 'kill-nine' }],
    })
    expect(person.stdout + stdout).not.toContain('only once')
  })
})
