import { setImmediate } from 'node:timers/promises'
import { expect, it, onTestFailed } from 'vitest'
import { dice } from '../support/broker/dice.ts'
import { APPROVE, KillDesk } from '../support/broker/kill-desk.ts'
import { openKillTown } from '../support/broker/kill-town.ts'
import { resultText } from '../support/mcp/rpc-line.ts'

const ROUNDS = 40
const SEED = Number(process.env.KOSMO_TEST_SEED ?? Date.now() % 1_000_000)

/** As many turns of the loop as a whole post takes, from the person's answer to the client's, and some more. */
const MOST_TURNS = 5_000

async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn++) await setImmediate()
}

it(`holds whenever broker or gateway are killed -9: ${ROUNDS} rounds with seed ${SEED}`, async () => {
  const rounds: string[] = []
  onTestFailed(() => console.error(`KOSMO_TEST_SEED=${SEED}\n${rounds.join('\n')}`))
  const { roll } = dice(SEED)
  const town = await openKillTown()
  const desk = await KillDesk.open(town)
  for (let round = 0; round < ROUNDS; round++) {
    const text = `Round ${round}`
    const victim = (['broker', 'gateway', 'both'] as const)[roll(3)]
    const denies = roll(5) === 0
    const isBeforeAnswer = roll(8) === 0
    const moment = isBeforeAnswer ? 0 : 1 + roll(MOST_TURNS)
    rounds.push(`${text}: ${victim}, ${denies ? 'denied' : 'approved'}, ${moment} turns`)
    const { id, call } = await desk.asked(text)
    const answer = denies ? ({ kind: 'deny' } as const) : APPROVE
    const answered = isBeforeAnswer
      ? undefined
      : desk.person.broker.answer({ id, answer }).then(
          () => undefined,
          () => undefined,
        )
    await turns(moment)
    const gateways = desk.broker.gateways()
    if (victim !== 'gateway') await desk.killBroker()
    if (victim !== 'broker') await desk.killGateways(gateways)
    await answered
    const told = resultText(await call)
    rounds.push(`  ${town.decisions().slice(-2).join(', ')}; ${town.steps().slice(-3).join(', ')}; ${told}`)
    await desk.restart()
    if (denies || isBeforeAnswer) {
      expect(town.count(text)).toBe(0)
      continue
    }
    const again = await desk.again(text)
    rounds.push(`  ${again}`)
    expect(again).toMatch(/^(Posted|Already posted) |\[unknown_outcome\]$/)
    if (told.startsWith('Posted')) expect(again).toMatch(/^Already posted /)
    if (/^(Posted|Already posted) /.test(again)) expect(town.count(text)).toBe(1)
    expect(town.count(text)).toBeLessThan(2)
  }
  town.letPass(180_000)
  await desk.restart()
  for (const text of rounds.flatMap(line => /^(Round \d+): .*approved, [1-9]/.exec(line)?.[1] ?? [])) {
    expect(await desk.again(text)).toMatch(/^(Posted|Already posted) /)
    expect(town.count(text)).toBe(1)
  }
  expect(await town.journalCode()).toBe(0)
  await desk.expectOneAnswerEach()
  await town.expectWell()
}, 400_000)
