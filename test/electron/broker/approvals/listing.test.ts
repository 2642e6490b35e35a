import { expect, it } from 'vitest'
import { MAX_PENDING, MAX_PENDING_PER_SESSION } from '../../../../electron/broker/approvals/queue.ts'
import { MOST_AT_ONCE } from '../../../../shared/approvals/queue-window.ts'
import { ApprovalsWorld, ONCE } from '../../../support/approvals/approvals-world.ts'

/** As much as may wait, of as many sessions as that takes. */
function fullHouse(): ApprovalsWorld {
  const world = new ApprovalsWorld()
  for (let session = 0; session < MAX_PENDING / MAX_PENDING_PER_SESSION; session++) {
    world.approvals.beginSession(`of ${session}`)
    for (let nth = 0; nth < MAX_PENDING_PER_SESSION; nth++)
      world.ask({ session: `of ${session}`, subject: { text: `post ${nth} of ${session}` } })
  }
  return world
}

it('gives the oldest and counts the others; each comes up as those before it are answered', async () => {
  const { approvals } = fullHouse()
  const all = approvals.list().map(({ id }) => id)
  expect(approvals.listing.window()).toMatchObject({ more: MAX_PENDING - MOST_AT_ONCE })
  const seen: string[] = []
  for (;;) {
    const [first] = approvals.listing.window().approvals
    if (first === undefined) break
    seen.push(first.id)
    await approvals.answer(first.id, ONCE, 'terminal')
  }
  expect(seen).toEqual(all)
  expect(approvals.listing.window()).toEqual({ approvals: [], more: 0 })
})

it('gives one that is asked for, old enough or not, until it waits no more', async () => {
  const { approvals } = fullHouse()
  const last = approvals.list().at(-1)?.id ?? ''
  const window = approvals.listing.window([last, 'nobody'])
  expect(window.approvals.map(({ id }) => id).at(-1)).toBe(last)
  expect(window.approvals.length + window.more).toBe(MAX_PENDING)
  expect(approvals.listing.page({ id: last })).toMatchObject([{ id: last }])
  await approvals.answer(last, ONCE, 'terminal')
  expect(approvals.listing.find(last)).toBeUndefined()
  expect(approvals.listing.page({ id: last })).toEqual([])
  expect(approvals.listing.window([last])).toMatchObject({ more: MAX_PENDING - MOST_AT_ONCE - 1 })
})

it('gives all of it in pages, and goes on behind one that was answered meanwhile', async () => {
  const { approvals } = fullHouse()
  const all = approvals.list().map(({ id }) => id)
  const paged: string[] = []
  for (;;) {
    const after = paged.at(-1)
    const page = approvals.listing.page({ after })
    if (page.length === 0) break
    paged.push(...page.map(({ id }) => id))
    await approvals.answer(paged.at(-1) ?? '', ONCE, 'terminal')
  }
  expect(paged).toEqual(all)
  const ofOne = approvals.listing.page({ session: 'of 7' })
  expect(ofOne.every(({ asker }) => asker.session === 'of 7')).toBe(true)
  expect(ofOne.length).toBe(MAX_PENDING_PER_SESSION - 1)
})
