import { expect, test } from 'vitest'
import { showEverything, startBrokerProcess, startClient } from '../../support/broker/broker-process.ts'
import { isRunning } from '../../support/broker/proc.ts'
import { until } from '../../support/broker/until.ts'
import { resultText } from '../../support/mcp/rpc-line.ts'
import { openTown } from '../../support/mcp/town.ts'

const SQUARE = { channel_id: '~town-square' }

test.each(['killed', 'stopped'] as const)(
  'A broker that is %s: nothing that waited is posted, and a new one goes on',
  async how => {
    const town = await openTown()
    const first = await startBrokerProcess()
    const { broker: person } = await showEverything(first)
    const clients = await Promise.all([1, 2, 3].map(() => startClient(first, town.account, { write: 'ask' })))
    for (const client of clients) await client.callTool('list_teams')
    const waiting = clients.map((client, n) =>
      client.callTool('create_post', { ...SQUARE, message: `Release ${n}` }),
    )
    await until('three wait', async () => (await person.listApprovals({})).length === 3)
    const gate = town.mattermost.faults.hold({ method: 'GET', path: /\/posts$/ })
    const reading = clients.map(client => client.callTool('list_posts', SQUARE))
    await until('all are at work', () => gate.count() === 3)
    const gateways = first.gateways()
    expect(gateways.length).toBeGreaterThanOrEqual(3)

    if (how === 'killed') await first.kill()
    else first.signal('SIGTERM')
    for (const line of await Promise.all([...waiting, ...reading])) {
      expect(line.result?.isError).toBe(true)
      expect(resultText(line)).toMatch(/^ERROR: .*\[(unreachable|cancelled)\]$/s)
    }
    gate.release()
    await until('the gateways end by themselves', () => !gateways.some(isRunning))
    await first.exit
    // No client goes past it, now that nobody is there.
    expect(resultText((await clients[0]?.callTool('list_teams')) ?? { text: '' })).toMatch(/\[unreachable\]$/)

    const second = await startBrokerProcess({ home: first.home })
    const next = await showEverything(second)
    for (const client of clients) {
      const text = await until('the bridge is back', async () => {
        const said = resultText(await client.callTool('list_teams'))
        return said.includes('engineering') && said
      })
      expect(text).toContain('engineering')
    }
    expect(await next.broker.listApprovals({})).toEqual([])
    expect(await next.broker.clients({})).toHaveLength(3)
    expect(town.posted()).toEqual([])
    expect(town.writes()).toEqual([])
  },
)

test('A client of a killed broker can post through the next one, once and only after it was asked about', async () => {
  const town = await openTown()
  const first = await startBrokerProcess()
  const { broker: person } = await showEverything(first)
  const client = await startClient(first, town.account, { write: 'ask' })
  const lost = client.callTool('create_post', { ...SQUARE, message: 'Released' })
  await until('it waits', async () => (await person.listApprovals({})).length === 1)
  await first.kill()
  expect(resultText(await lost)).toContain('What was waiting for a person is not sent later')

  const second = await startBrokerProcess({ home: first.home })
  const { broker: again } = await showEverything(second)
  const posting = client.callTool('create_post', { ...SQUARE, message: 'Released' })
  const [request] = await until('it waits again', async () => {
    const list = await again.listApprovals({})
    return list.length === 1 && list
  })
  expect(town.posted()).toEqual([])
  const answer = { kind: 'approve', span: 'once', reach: 'channel' } as const
  expect(await again.answer({ id: request?.id ?? '', answer })).toEqual({ kind: 'done' })
  expect((await posting).result?.isError ?? false).toBe(false)
  expect(town.posted()).toEqual(['Released'])
})

test.each(['SIGINT', 'SIGHUP'] as const)(
  'A %s of the terminal that the broker runs in cuts off no gateway: how to end is the broker’s to say',
  async signal => {
    const town = await openTown()
    const broker = await startBrokerProcess()
    const client = await startClient(broker, town.account)
    await client.callTool('list_teams')
    const gate = town.mattermost.faults.hold({ method: 'GET', path: /\/posts$/ })
    const reading = client.callTool('list_posts', SQUARE)
    await gate.arrived
    for (const gateway of broker.gateways()) process.kill(gateway, signal)
    gate.release()
    expect(resultText(await reading)).toContain('The build is green again.')
  },
)
