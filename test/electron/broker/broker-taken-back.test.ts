import { tmpdir } from 'node:os'
import { expect, test } from 'vitest'
import { showEverything, startBrokerProcess, startClient } from '../../support/broker/broker-process.ts'
import { auditRows } from '../../support/broker/kosmo-audit.ts'
import { until } from '../../support/broker/until.ts'
import type { RawClient } from '../../support/mcp/raw-client.ts'
import { resultText } from '../../support/mcp/rpc-line.ts'
import { openTown } from '../../support/mcp/town.ts'

const APPROVE = { kind: 'approve', span: 'once', reach: 'channel' } as const

/** How a client takes its call back, in the order in which they do. */
const WAYS: Record<string, (client: RawClient) => unknown> = {
  'cancels it': client => client.cancel('post'),
  'closes its input': client => client.endInput(),
  'ends its server': client => client.child.kill('SIGTERM'),
  'is killed': client => client.child.kill('SIGKILL'),
}

test('However a client takes its call back, its request is gone at once and the others go on waiting', async () => {
  const town = await openTown()
  const broker = await startBrokerProcess()
  const { broker: person } = await showEverything(broker)
  const names = [...Object.keys(WAYS), 'stays']
  const clients = await Promise.all(names.map(() => startClient(broker, town.account, { write: 'ask' })))
  for (const [n, client] of clients.entries()) {
    client.sendCall('create_post', { channel_id: '~town-square', message: names[n] }, 'post')
  }
  const waiting = await until('all wait', async () => {
    const list = await person.listApprovals({})
    return list.length === names.length && list
  })

  for (const [n, takeBack] of Object.values(WAYS).entries()) {
    const client = clients[n]
    if (client === undefined) throw new Error('no client')
    takeBack(client)
    const left = await until(`it ${names[n]}`, async () => {
      const list = await person.listApprovals({})
      return list.length < names.length - n && list
    })
    expect(left.map(({ subject }) => subject.text).sort()).toEqual(names.slice(n + 1).sort())
    const id = waiting.find(({ subject }) => subject.text === names[n])?.id ?? ''
    expect(await person.answer({ id, answer: APPROVE })).toMatchObject({ kind: 'already-decided' })
  }

  const [stays] = await person.listApprovals({})
  expect(await person.answer({ id: stays?.id ?? '', answer: APPROVE })).toEqual({ kind: 'done' })
  expect(resultText((await clients.at(-1)?.reply('post')) ?? { text: '' })).toMatch(/^Posted /)
  expect(town.posted()).toEqual(['stays'])
  const decisions = (await auditRows(broker.home)).filter(({ kind }) => kind === 'decision')
  expect(decisions.map(({ decision, by }) => [decision, by])).toEqual([
    ...Object.keys(WAYS).map(() => ['cancelled', 'client']),
    ['approved', 'person (terminal)'],
    ['released', 'person (terminal)'],
  ])
})

test('What a person sets for a client is told to it as a changed list; the switch for all counts without', async () => {
  const town = await openTown()
  const broker = await startBrokerProcess()
  const { broker: person } = await showEverything(broker)
  const client = await startClient(broker, town.account, { name: 'listed' })
  expect((await client.request('tools/list')).result?.tools).toHaveLength(6)
  await client.callTool('list_teams')

  await person.setOverride({ client: 'listed', workspace: tmpdir(), policy: 'ask' })
  await client.fromServer('notifications/tools/list_changed')
  expect((await client.request('tools/list')).result?.tools).toHaveLength(7)

  const posts = { channel_id: '~town-square', message: 'hello' }
  await person.setCeiling({ policy: 'deny' })
  expect(resultText(await client.callTool('create_post', posts))).toMatch(
    /the switch for all writes is at deny/,
  )
  await person.setCeiling({ policy: 'ask' })
  client.sendCall('create_post', posts, 'post')
  const [request] = await until('it is asked about', async () => {
    const list = await person.listApprovals({})
    return list.length === 1 && list
  })
  expect(await person.answer({ id: request?.id ?? '', answer: APPROVE })).toEqual({ kind: 'done' })
  expect(resultText(await client.reply('post'))).toMatch(/^Posted /)
  const told = client.received.filter(({ method }) => method === 'notifications/tools/list_changed')
  expect(told).toHaveLength(1)
})
