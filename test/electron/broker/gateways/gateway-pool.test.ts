import { expect, test } from 'vitest'
import { newGateway, startBrokerProcess, startClient } from '../../../support/broker/broker-process.ts'
import { isRunning } from '../../../support/broker/proc.ts'
import { until } from '../../../support/broker/until.ts'
import { resultText } from '../../../support/mcp/rpc-line.ts'
import { openTown } from '../../../support/mcp/town.ts'

test('There is a spare after the start, a client gets it, and there is another then', async () => {
  const town = await openTown()
  const broker = await startBrokerProcess()
  const [spare = 0] = await until('the spare', () => broker.gateways().length === 1 && broker.gateways())
  const client = await startClient(broker, town.account)
  expect(resultText(await client.callTool('list_teams'))).toContain('engineering')
  const next = await newGateway(broker, [spare])
  expect(broker.gateways().sort()).toEqual([spare, next].sort())
  // It was the spare that served: with it the client is gone, and not with the new one.
  await client.finish()
  await until('its gateway ends', () => !isRunning(spare))
  expect(broker.gateways()).toEqual([next])
})

test('A spare that is killed is replaced, again and again', async () => {
  const broker = await startBrokerProcess()
  const seen: number[] = []
  for (let n = 0; n < 2; n++) {
    const spare = await newGateway(broker, seen)
    seen.push(spare)
    process.kill(spare, 'SIGKILL')
  }
  const last = await newGateway(broker, seen)
  expect(broker.gateways()).toEqual([last])
})

test('Clients that come with no spare are served all the same', async () => {
  const town = await openTown()
  const broker = await startBrokerProcess()
  const spare = await newGateway(broker, [])
  process.kill(spare, 'SIGKILL')
  await until('it is gone', () => broker.gateways().length === 0)
  // More than load at once.
  const clients = await Promise.all(Array.from({ length: 6 }, () => startClient(broker, town.account)))
  const lines = await Promise.all(clients.map(client => client.callTool('list_teams')))
  for (const line of lines) expect(resultText(line)).toContain('engineering')
  await until('each has one, and there is a spare', () => broker.gateways().length === 7)
  await Promise.all(clients.map(client => client.finish()))
  await until('only the spare is left', () => broker.gateways().length === 1)
})

test('A client that leaves while it waits for its turn costs the others nothing', async () => {
  const town = await openTown()
  const broker = await startBrokerProcess()
  const clients = await Promise.all(Array.from({ length: 12 }, () => startClient(broker, town.account)))
  const [leaving, staying] = [clients.slice(0, 10), clients.slice(10)]
  for (const client of clients) client.sendCall('list_teams', {}, 'first')
  await Promise.all(leaving.map(client => client.finish()))
  for (const client of staying) expect(resultText(await client.reply('first'))).toContain('engineering')
  await until('two and the spare are left', () => broker.gateways().length === 3)
})
