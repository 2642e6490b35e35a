import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { BrokerClient } from '../../electron/broker/broker-client.ts'
import type { Answer } from '../../shared/approvals/approval.ts'
import {
  type BrokerProcess,
  newHome,
  showEverything,
  startBrokerProcess,
  startClient,
} from '../support/broker/broker-process.ts'
import { approvalRows, auditRows, verifyAudit } from '../support/broker/kosmo-audit.ts'
import { until } from '../support/broker/until.ts'
import { toolName } from '../support/mcp/raw-client.ts'
import { resultText } from '../support/mcp/rpc-line.ts'
import { openTown } from '../support/mcp/town.ts'

const args = { channel_id: '~town-square', message: 'Release 1.2 is out' }
const once: Answer = { kind: 'approve', span: 'once', reach: 'channel' }

/** A broker whose clients wait for the shortest time that can be set, a person at a terminal, and one client. */
async function openDesk() {
  const town = await openTown()
  const home = newHome()
  writeFileSync(join(home, 'settings.json'), JSON.stringify({ version: 1, waitSeconds: 5 }))
  const broker = await startBrokerProcess({ home })
  const person = await showEverything(broker)
  const client = await startClient(broker, town.account, { write: 'ask' })
  /** One call as Codex makes it, with an id of its own for each. */
  const callAs = (callId: string, message = args.message) =>
    client.request('tools/call', {
      name: toolName('create_post'),
      arguments: { ...args, message },
      _meta: { threadId: 'thread', callId },
    })
  const call = (message = args.message) => client.callTool('create_post', { ...args, message })
  return { town, broker, person, client, callAs, call }
}

async function waiting(person: BrokerClient, count: number): Promise<string[]> {
  return until(`${count} requests are on the screen`, async () => {
    const list = await person.broker.listApprovals({})
    return (
      list.length === count && list.every(({ shownOn }) => shownOn.length > 0) && list.map(({ id }) => id)
    )
  })
}

async function decisions({ home }: BrokerProcess): Promise<(string | undefined)[]> {
  expect(await verifyAudit(home)).toMatchObject({ exitCode: 0 })
  return (await auditRows(home)).filter(({ kind }) => kind === 'decision').map(({ decision }) => decision)
}

describe('two equal calls of one client at the same time', () => {
  it('with ids of their own are two requests, each posted once after its own approval', async () => {
    const { town, broker, person, callAs } = await openDesk()
    const calls = [callAs('one'), callAs('two')]
    const [first = '', second = ''] = await waiting(person, 2)
    expect(first).not.toBe(second)
    expect(await person.broker.answer({ id: first, answer: once })).toMatchObject({ kind: 'done' })
    await Promise.race(calls)
    expect(town.posted()).toEqual([args.message])
    await waiting(person, 1)
    expect(await person.broker.answer({ id: second, answer: once })).toMatchObject({ kind: 'done' })
    for (const answer of await Promise.all(calls)) expect(resultText(answer)).toMatch(/^Posted /)
    expect(town.posted()).toEqual([args.message, args.message])
    expect(await decisions(broker)).toEqual(['approved', 'released', 'approved', 'released'])
  })

  it('without anything that tells them apart are one request and one post', async () => {
    const { town, broker, person, call } = await openDesk()
    const calls = [call(), call()]
    const [id = ''] = await waiting(person, 1)
    expect(await person.broker.answer({ id, answer: once })).toMatchObject({ kind: 'done' })
    const texts = (await Promise.all(calls)).map(resultText)
    expect(texts.map(text => text.split(' ')[0]).sort()).toEqual(['Already', 'Posted'])
    expect(town.posted()).toEqual([args.message])
    expect(await decisions(broker)).toEqual(['approved', 'released'])
  })
})

/** The requests on the screen by their texts, once there are so many. */
async function idsByText(person: BrokerClient, count: number): Promise<Record<string, string>> {
  await waiting(person, count)
  const list = await person.broker.listApprovals({})
  return Object.fromEntries(list.map(({ id, subject }) => [subject.text, id]))
}

describe('the same call after its wait has ended', () => {
  // One desk for all: every wait takes its five seconds, so they are waited for together.
  it('goes on with the same request: what was said meanwhile holds for it, once, and no second one is made', async () => {
    const { town, broker, person, call, callAs } = await openDesk()
    const waits = [call('patient'), callAs('one', 'edited'), call('denied')]
    const { patient = '', edited = '', denied = '' } = await idsByText(person, 3)
    const ended = (await Promise.all(waits)).map(({ result }) => result?.structuredContent)
    expect(ended).toMatchObject(
      [patient, edited, denied].map(approval_id => ({ status: 'pending_approval', approval_id })),
    )
    const still = call('patient')

    // Changed while nobody waited: posted as the person made it, and the agent is told so.
    const changed = { ...once, text: 'edited by a person' }
    expect(await person.broker.answer({ id: edited, answer: changed })).toMatchObject({ kind: 'done' })
    expect(town.posted()).toEqual([])
    const told = resultText(await callAs('two', 'edited'))
    expect(told).toContain('The person changed the message')
    expect(told).toContain('As posted: edited by a person')
    expect(resultText(await callAs('two', 'edited'))).toMatch(/^Already posted /)

    // Denied while nobody waited: told why, and then it is a new question.
    await person.broker.answer({ id: denied, answer: { kind: 'deny', reason: 'not today' } })
    expect(resultText(await call('denied'))).toContain('In their words: "not today"')
    const again = call('denied')
    const { denied: other = '' } = await idsByText(person, 2)
    expect(other).not.toBe(denied)
    await person.broker.answer({ id: other, answer: { kind: 'deny' } })
    expect((await again).result).toMatchObject({ isError: true })

    // Waited for twice, and approved after that: the third call posts, and asks nobody.
    const twice = { status: 'pending_approval', approval_id: patient }
    expect((await still).result).toMatchObject({ structuredContent: twice })
    const attended = { id: patient, attended: false, shownOn: ['terminal'] }
    expect(await approvalRows(broker.home)).toMatchObject([attended])
    expect(await person.broker.answer({ id: patient, answer: once })).toMatchObject({ kind: 'done' })
    expect(town.posted()).toEqual(['edited by a person'])
    expect(resultText(await call('patient'))).toMatch(/^Posted /)
    expect(await approvalRows(broker.home)).toEqual([])
    expect(resultText(await call('patient'))).toMatch(/^Already posted /)

    expect(town.posted()).toEqual(['edited by a person', 'patient'])
    expect(await decisions(broker)).toEqual([
      'approved-edited',
      'released',
      'denied',
      'denied',
      'approved',
      'released',
    ])
  })
})
