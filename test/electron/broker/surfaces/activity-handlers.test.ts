import { afterEach, beforeEach, expect, it } from 'vitest'
import { auditFolder } from '../../../../electron/broker/audit/audit-files.ts'
import { surfaceMethods } from '../../../../shared/protocol/surface-methods.ts'
import { writeLongLog } from '../../../support/audit/long-log.ts'
import { SurfaceWorld } from '../../../support/tools/surface-world.ts'

let world: SurfaceWorld
beforeEach(() => {
  world = new SurfaceWorld()
})
afterEach(() => world.close())

it('activity goes back page by page, and the log is verified', async () => {
  const session = world.open()
  const call = { integration: 'mattermost', function: 'f', outcome: 'ok', ms: 1 }
  session.record({ calls: [1, 2, 3, 4, 5].map(characters => ({ ...call, characters })) })
  const { activity, verifyActivity } = world.surface()
  const pages: number[][] = []
  for (let before = null; ; ) {
    const page = surfaceMethods.activity.result.parse(await activity({ filter: {}, before, limit: 2 }))
    pages.push(page.entries.map(({ characters }) => characters ?? 0))
    if (page.next === null) break
    before = page.next as never
  }
  expect(pages).toEqual([[5, 4], [3, 2], [1]])
  expect((await activity({ filter: { client: 'other' }, before: null, limit: 2 })).entries).toEqual([])
  expect(surfaceMethods.verifyActivity.result.parse(await verifyActivity({}))).toMatchObject({
    kind: 'intact',
    entries: 5,
  })
})

it('verifying tells how far it is, and nothing before and after', async () => {
  writeLongLog(auditFolder(world.home), 5_000)
  const { verifyActivity, verifyProgress } = world.surface()
  expect(verifyProgress({})).toBeNull()
  const verifying = verifyActivity({})
  const seen: { done: number; total: number }[] = []
  let check: unknown
  void Promise.resolve(verifying).then(result => {
    check = result
  })
  while (check === undefined) {
    const progress = surfaceMethods.verifyProgress.result.parse(await verifyProgress({}))
    if (progress !== null) seen.push(progress)
    await new Promise(resolve => setImmediate(resolve))
  }
  expect(check).toMatchObject({ kind: 'intact', entries: 5_000 })
  const done = seen.map(progress => progress.done)
  expect(done.length).toBeGreaterThan(1)
  expect(done).toEqual(done.toSorted((a, b) => a - b))
  expect(done[0]).toBeLessThan(done.at(-1) ?? 0)
  for (const progress of seen) expect(progress.done).toBeLessThanOrEqual(progress.total)
  expect(verifyProgress({})).toBeNull()
})

it('preferences are kept, and one that is null is none', async () => {
  const surface = world.surface()
  expect(surface.preferences({})).toEqual({ waitSeconds: null, auditText: false })
  surface.setPreferences({ waitSeconds: 60, auditText: true })
  expect(surface.preferences({})).toEqual({ waitSeconds: 60, auditText: true })
  surface.setPreferences({ waitSeconds: null, auditText: false })
  expect(surface.preferences({})).toEqual({ waitSeconds: null, auditText: false })
  expect(world.changes()).toEqual([
    'wait 60 s, texts kept · preferences · person (settings-window)',
    'wait as known, texts not kept · preferences · person (settings-window)',
  ])
})

it('what became of a request', async () => {
  const session = world.open()
  world.ask(session)
  const { id } = world.only
  const { decision } = world.surface('approval-window')
  expect(await decision({ id })).toEqual({ kind: 'pending' })
  await world.answer({ kind: 'deny' })
  expect(await decision({ id })).toEqual({ kind: 'decided', how: 'denied by person (terminal)' })
  expect(await decision({ id: 'other' })).toEqual({ kind: 'unknown' })
})

it('one that has run out of time is decided by it', async () => {
  world.ask(world.open())
  const { id } = world.only
  world.surface('approval-window').reportShown({ ids: [id] })
  world.clock.advance(16 * 60_000)
  expect(await world.surface('approval-window').decision({ id })).toEqual({
    kind: 'decided',
    how: 'expired, nobody answered in time',
  })
})
