import fc from 'fast-check'
import { expect } from 'vitest'
import { openPostingWorld, type PostingWorld } from './posting-world.ts'
import { checkPromises } from './promises.ts'
import { argumentsOf, callIdOf, runSchedule, type Told } from './run-schedule.ts'
import type { Schedule } from './schedule.ts'

/** In all, over every test that uses this; KOSMO_SCHEDULES plays more of them. */
const SCHEDULES = Number(process.env.KOSMO_SCHEDULES ?? 2_000)

/**
 * Plays schedules and checks that nothing was posted twice and everything that was told is true. fast-check prints seed
 * and path of a failure, and the shortest schedule that fails.
 *
 * @param share of all schedules
 */
export async function promiseHolds(schedules: fc.Arbitrary<Schedule>, share: number): Promise<void> {
  await fc.assert(fc.asyncProperty(schedules, playAndCheck), { numRuns: Math.ceil(SCHEDULES * share) })
}

async function playAndCheck(schedule: Schedule): Promise<void> {
  const town = await openPostingWorld()
  try {
    const told = await runSchedule(town, schedule)
    checkPromises(town, schedule, told)
    await callAgain(town, schedule, told)
    checkPromises(town, schedule, told)
  } finally {
    await town.close()
  }
}

/** Leftovers are found out without sending; then every key leads to one post, or to word of its deletion. */
async function callAgain(town: PostingWorld, { intents }: Schedule, told: Told[]): Promise<void> {
  const fresh = town.gateway()
  const before = town.sent().length
  await fresh.resolveLeftovers()
  expect(town.sent().length, 'requests that post while leftovers are resolved').toBe(before)
  for (const [index, intent] of intents.entries()) {
    if (intent.source === 'text') continue
    const callId = callIdOf(intent, index)
    const answer = await fresh.call(argumentsOf(town, intent, index), callId === undefined ? {} : { callId })
    expect(answer.kind === 'posted' || /deleted since/.test(answer.text), answer.text).toBe(true)
    told.push({ intent: index, answer, isClear: true })
  }
}
