import { expect, test } from 'vitest'
import {
  newGateway,
  showEverything,
  startBrokerProcess,
  startClient,
} from '../../support/broker/broker-process.ts'
import { isRunning, openFiles } from '../../support/broker/proc.ts'
import { clientHello, openRawSocket } from '../../support/broker/raw-socket.ts'
import { until } from '../../support/broker/until.ts'
import { resultText } from '../../support/mcp/rpc-line.ts'
import { openTown } from '../../support/mcp/town.ts'

const SQUARE = { channel_id: '~town-square' }

test('A gateway that crashes fails its own client’s calls, which go on with the next; another’s are answered', async () => {
  const town = await openTown()
  const broker = await startBrokerProcess()
  const spares = await until('the spare', () => broker.gateways().length === 1 && broker.gateways())
  const unlucky = await startClient(broker, town.account, { name: 'unlucky' })
  expect(resultText(await unlucky.callTool('list_teams'))).toContain('engineering')
  const [gateway = 0] = spares
  await newGateway(broker, spares)
  const lucky = await startClient(broker, town.account, { name: 'lucky' })
  expect(resultText(await lucky.callTool('list_teams'))).toContain('engineering')

  const gate = town.mattermost.faults.hold({ method: 'GET', path: /\/posts$/ })
  const calls = [unlucky, lucky].map(client =>
    Array.from({ length: 5 }, () => client.callTool('list_posts', SQUARE)),
  )
  const [lost = [], kept = []] = calls
  await until('both are at work', () => gate.count() >= 2)
  process.kill(gateway, 'SIGKILL')
  for (const line of await Promise.all(lost)) {
    expect(line.result?.isError).toBe(true)
    expect(resultText(line)).toMatch(/^ERROR: .*\[unreachable\]$/s)
  }
  gate.release()
  for (const line of await Promise.all(kept)) expect(resultText(line)).toContain('The build is green again.')
  expect(resultText(await unlucky.callTool('list_posts', SQUARE))).toContain('The build is green again.')
  const { broker: remote } = await broker.terminal()
  expect((await remote.clients({})).map(({ client }) => client).sort()).toEqual(['lucky', 'unlucky'])
  expect(isRunning(gateway)).toBe(false)
})

test('A write that waits when its gateway crashes is never posted, even when a person approves what it showed', async () => {
  const town = await openTown()
  const broker = await startBrokerProcess()
  const spares = await until('the spare', () => broker.gateways().length === 1 && broker.gateways())
  const { broker: person } = await showEverything(broker)
  const client = await startClient(broker, town.account, { write: 'ask' })
  const waiting = client.callTool('create_post', { ...SQUARE, message: 'Released' })
  const [request] = await until('somebody is asked', async () => {
    const list = await person.listApprovals({})
    return list.length === 1 && list
  })
  process.kill(spares[0] ?? 0, 'SIGKILL')
  expect(resultText(await waiting)).toMatch(/^ERROR: .*\[unreachable\]$/s)
  await until('nothing waits', async () => (await person.listApprovals({})).length === 0)
  const answer = { kind: 'approve', span: 'once', reach: 'channel' } as const
  expect(await person.answer({ id: request?.id ?? '', answer })).not.toMatchObject({ kind: 'done' })
  expect(resultText(await client.callTool('list_teams'))).toContain('engineering')
  expect(town.posted()).toEqual([])
})

test('Neither 64 calls of big results nor a flood of bytes keeps another client from being answered', async () => {
  const town = await openTown()
  const { world } = town.mattermost
  const square = [...world.channels.values()].find(channel => channel.name === 'town-square')
  const bob = [...world.people.values()].find(person => person.username === 'bob')
  if (square === undefined || bob === undefined) throw new Error('the town has changed')
  for (let n = 0; n < 200; n++) world.posts.add(square, bob, `${n} ${'lorem ipsum '.repeat(300)}`)
  const broker = await startBrokerProcess()
  const quiet = await startClient(broker, town.account, { name: 'quiet' })
  const loud = await startClient(broker, town.account, { name: 'loud' })
  for (const client of [quiet, loud]) await client.callTool('list_teams')

  const garbage = await openRawSocket(broker.address)
  garbage.send(clientHello())
  await garbage.line(({ kosmo }) => kosmo === 'welcome')
  // Proper lines, so that nothing ends it: as much as there is room for, all the time.
  const line = '{"jsonrpc":"2.0","method":"notifications/nonsense"}\n'
  const flooding = garbage.flood(Buffer.from(line.repeat(1_000)))

  let flying = 0
  let isOver = false
  const keepFlying = async (): Promise<void> => {
    while (!isOver) {
      flying++
      await loud.callTool('list_posts', { ...SQUARE, limit: 200 })
      flying--
    }
  }
  const flights = Array.from({ length: 64 }, keepFlying)
  await until('all are in the air', () => flying === 64)
  for (let n = 0; n < 20; n++) {
    expect(resultText(await quiet.callTool('list_teams'))).toContain('engineering')
    // The flood went on meanwhile: it was not waited for.
    expect(flying).toBeGreaterThan(0)
  }
  isOver = true
  garbage.close()
  await Promise.all([...flights, flooding])
  const { broker: remote } = await broker.terminal()
  await until('the flood is gone', async () => (await remote.clients({})).length === 2)
}, 120_000)

test('Without files left for another client, those that are there are served, and the broker has not lost any', async () => {
  const town = await openTown()
  const broker = await startBrokerProcess({ through: ['prlimit', '--nofile=80:80'] })
  const first = await startClient(broker, town.account)
  expect(resultText(await first.callTool('list_teams'))).toContain('engineering')
  const { broker: person } = await broker.terminal()
  await until('the first and a spare', () => broker.gateways().length === 2)
  const before = openFiles(broker.pid).all
  // Twice, so that nothing is lost to those who were not served the first time.
  for (let round = 0; round < 2; round++) {
    const others = await Promise.all(
      Array.from({ length: 60 }, () => openRawSocket(broker.address).catch(() => undefined)),
    )
    for (const socket of others) socket?.send(clientHello())
    await until('one is told why it is not served', () =>
      others.some(socket => socket?.lines[0]?.includes('may open no more files')),
    )
    await until('all are told or let go of', async () =>
      others.every(socket => socket === undefined || socket.lines.length > 0 || socket.isClosed()),
    )
    // What the broker itself opens for this one: its audit, its settings.
    expect(resultText(await first.callTool('list_teams'))).toContain('engineering')
    expect(await person.status({})).toMatchObject({ problems: [] })
    for (const socket of others) socket?.close()
    await until('only the first is left', async () => (await person.clients({})).length === 1)
    await until('its gateway and a spare are left', () => broker.gateways().length === 2)
    await until('no file is lost', () => openFiles(broker.pid).all <= before)
  }
  const late = await startClient(broker, town.account)
  expect(resultText(await late.callTool('list_teams'))).toContain('engineering')
}, 60_000)
