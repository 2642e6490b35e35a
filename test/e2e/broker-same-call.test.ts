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
  const callAs = (callId: string) =>
    client.request('tools/call', {
      name: toolName('create_post'),
      arguments: args,
      _meta: { threadId: 'thread', callId },
    })
  return { town, broker, person, client, callAs, call: () => client.callTool('create_post', args) }
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

describe('the same call after its wait has ended', () => {
  it('goes on with the same request, and posts without another question once a person approved', async () => {
    const { town, broker, person, call } = await openDesk()
    const first = await call()
    const [id] = await waiting(person, 1)
    expect(first.result).toMatchObject({ structuredContent: { status: 'pending_approval', approval_id: id } })
    const second = await call()
    expect(second.result).toMatchObject({
      structuredContent: { status: 'pending_approval', approval_id: id },
    })
    expect(await approvalRows(broker.home)).toMatchObject([{ id, attended: false, shownOn: ['terminal'] }])
    expect(await person.broker.answer({ id: id ?? '', answer: once })).toMatchObject({ kind: 'done' })
    expect(town.posted()).toEqual([])
    expect(resultText(await call())).toMatch(/^Posted /)
    expect(town.posted()).toEqual([args.message])
    expect(await approvalRows(broker.home)).toEqual([])
    expect(resultText(await call())).toMatch(/^Already posted /)
    expect(town.posted()).toEqual([args.message])
    expect(await decisions(broker)).toEqual(['approved', 'released'])
  })

  it('posts what the person made of the text while nobody waited, and says so', async () => {
    const { town, broker, person, callAs } = await openDesk()
    const asked = await callAs('one')
    expect(asked.result).toMatchObject({ structuredContent: { status: 'pending_approval' } })
    const [id = ''] = await waiting(person, 1)
    const answer = { ...once, text: 'Release 1.2.1 is out' }
    expect(await person.broker.answer({ id, answer })).toMatchObject({ kind: 'done' })
    expect(town.posted()).toEqual([])
    const told = resultText(await callAs('two'))
    expect(told).toContain('The person changed the message')
    expect(told).toContain('As posted: Release 1.2.1 is out')
    expect(town.posted()).toEqual(['Release 1.2.1 is out'])
    expect(resultText(await callAs('two'))).toMatch(/^Already posted /)
    expect(town.posted()).toEqual(['Release 1.2.1 is out'])
    expect(await decisions(broker)).toEqual(['approved-edited', 'released'])
  })

  it('is told why it was denied while nobody waited, and then asks anew', async () => {
    const { town, broker, person, call } = await openDesk()
    await call()
    const [id = ''] = await waiting(person, 1)
    await person.broker.answer({ id, answer: { kind: 'deny', reason: 'not today' } })
    expect(resultText(await call())).toContain('In their words: "not today"')
    const again = call()
    const [other = ''] = await waiting(person, 1)
    expect(other).not.toBe(id)
    await person.broker.answer({ id: other, answer: { kind: 'deny' } })
    expect((await again).result).toMatchObject({ isError: true })
    expect(town.posted()).toEqual([])
    expect(await decisions(broker)).toEqual(['denied', 'denied'])
  })
})
