import { describe, expect, it } from 'vitest'
import { KillDesk, kill } from '../support/broker/kill-desk.ts'
import { openKillTown } from '../support/broker/kill-town.ts'
import { isRunning } from '../support/broker/proc.ts'
import { until } from '../support/broker/until.ts'
import { type RpcLine, resultText } from '../support/mcp/rpc-line.ts'

const TEXT = 'Release 1.2 is out'
const POST = { method: 'POST', path: /\/posts$/ }
const OPEN_DIRECT = { method: 'POST', path: /\/channels\/direct$/ }

type Victim = 'broker' | 'gateway'
type Reached = { call: Promise<RpcLine>; afterwards?: () => void }

/** A step that can be seen from outside, where everything is held while somebody is killed. */
type Step = {
  name: string
  to?: string
  watching?: boolean
  reach(desk: KillDesk): Promise<Reached>
  /** How often it has been posted once all that was left of the first call has ended. */
  posts: Record<Victim, number>
}

const steps: Step[] = [
  {
    name: 'its request is open and nobody has seen it',
    watching: false,
    posts: { broker: 0, gateway: 0 },
    async reach(desk) {
      const call = desk.post(TEXT)
      await until('it is listed', async () => (await desk.person.broker.listApprovals({})).length === 1)
      return { call }
    },
  },
  {
    name: 'its request is on the screen',
    posts: { broker: 0, gateway: 0 },
    async reach(desk) {
      const call = desk.post(TEXT)
      await desk.shown()
      return { call }
    },
  },
  {
    name: 'it is approved and its gateway has not heard of that',
    posts: { broker: 0, gateway: 0 },
    async reach(desk) {
      const call = desk.post(TEXT)
      await desk.shown()
      kill(desk.gateway, 'SIGSTOP')
      await desk.approve()
      expect(desk.town.decisions()).toEqual(['approved'])
      return { call, afterwards: () => kill(desk.gateway, 'SIGCONT') }
    },
  },
  {
    name: 'it is released and not even its channel is there',
    to: '@bob',
    posts: { broker: 0, gateway: 0 },
    async reach(desk) {
      const gate = desk.town.mattermost.faults.hold(OPEN_DIRECT)
      const call = desk.post(TEXT, '@bob')
      await desk.approve()
      await gate.arrived
      expect(desk.town.decisions()).toEqual(['approved', 'released'])
      expect(desk.town.steps()).toEqual([])
      return { call, afterwards: gate.release }
    },
  },
  ...(['beforeHandler', 'beforeSave', 'afterHandler'] as const).map(point => ({
    name: `it is on its way (${point})`,
    posts: { broker: 1, gateway: 1 },
    async reach(desk: KillDesk) {
      const gate = desk.town.mattermost.faults.hold(POST, point)
      const call = desk.post(TEXT)
      await desk.approve()
      await gate.arrived
      expect(desk.town.steps()).toEqual(['intended', 'sending'])
      return { call, afterwards: gate.release }
    },
  })),
  {
    name: 'it is posted and its client has not heard of that',
    posts: { broker: 1, gateway: 1 },
    async reach(desk) {
      const gate = desk.town.mattermost.faults.hold(POST, 'afterHandler')
      const call = desk.post(TEXT)
      await desk.approve()
      await gate.arrived
      desk.broker.signal('SIGSTOP')
      gate.release()
      await until('its journal ends', () => desk.town.steps().includes('posted'))
      return { call, afterwards: () => desk.broker.signal('SIGCONT') }
    },
  },
]

describe.each(['broker', 'gateway'] as const)('the %s killed -9 during a post', victim => {
  it.each(steps)('while $name', async ({ to, watching, reach, posts }) => {
    const town = await openKillTown()
    const desk = await KillDesk.open(town, watching)
    const { call, afterwards } = await reach(desk)
    if (victim === 'broker') await desk.killBroker()
    else await desk.killGateways([desk.gateway])
    afterwards?.()
    const told = resultText(await call)
    expect(told).toMatch(/^Posted |^ERROR: .*\[unreachable\]$/)
    await until('its gateway has ended', () => !isRunning(desk.gateway))
    await until('the server has ended', () => town.count(TEXT) >= posts[victim])
    expect(town.count(TEXT)).toBe(posts[victim])
    if (told.startsWith('Posted')) expect(posts[victim]).toBe(1)

    await desk.restart()
    // The broker hears of a gateway's end from the system, a moment after it.
    await until('nothing waits', async () => (await desk.person.broker.listApprovals({})).length === 0)
    expect(await desk.again(TEXT, to)).toMatch(posts[victim] === 1 ? /^Already posted / : /^Posted /)
    expect(town.count(TEXT)).toBe(1)
    expect(town.mattermost.requestsTo('POST', POST.path)).toHaveLength(1)
    expect(await town.journalCode()).toBe(0)
    await desk.expectOneAnswerEach()
    await town.expectWell()
  })

  it('while it is on its way to a server that never does it: unknown for two minutes, then posted once', async () => {
    const town = await openKillTown()
    const desk = await KillDesk.open(town)
    const gate = town.mattermost.faults.hold(POST, 'beforeSave')
    const call = desk.post(TEXT)
    await desk.approve()
    await gate.arrived
    if (victim === 'broker') await desk.killBroker()
    await desk.killGateways([desk.gateway])
    gate.abandon()
    expect(resultText(await call)).toMatch(/may have arrived.*\[unreachable\]$/)
    await desk.restart()
    expect(await desk.again(TEXT)).toMatch(/\[unknown_outcome\]$/)
    expect(await town.journalCode()).toBe(1)
    town.letPass(180_000)
    expect(await desk.again(TEXT)).toMatch(/^Posted /)
    expect(town.count(TEXT)).toBe(1)
    expect(await town.journalCode()).toBe(0)
    await desk.expectOneAnswerEach()
    await town.expectWell()
  })
})
