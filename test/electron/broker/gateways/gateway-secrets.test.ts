import { expect, test } from 'vitest'
import { showEverything, startBrokerProcess, startClient } from '../../../support/broker/broker-process.ts'
import { startedWith } from '../../../support/broker/proc.ts'
import { until } from '../../../support/broker/until.ts'
import { SECRET } from '../../../support/mcp/program.ts'
import { resultText } from '../../../support/mcp/rpc-line.ts'
import { openTown } from '../../../support/mcp/town.ts'

test('No token is in the environment or the arguments of a gateway, the spare or one that works', async () => {
  const town = await openTown()
  const variables = {
    MATTERMOST_URL: 'http://127.0.0.1:9',
    MATTERMOST_ACCESS_TOKEN: SECRET,
    MATTERMOST_TOKEN: SECRET,
    NODE_OPTIONS: `--title=${SECRET}`,
    KOSMO_ANYTHING: SECRET,
    LANG: 'C.UTF-8',
  }
  const broker = await startBrokerProcess({ variables })
  await showEverything(broker)
  const clients = await Promise.all([1, 2].map(() => startClient(broker, town.account, { write: 'ask' })))
  for (const client of clients) {
    expect(resultText(await client.callTool('list_teams'))).toContain('engineering')
    client.sendCall('create_post', { channel_id: '~town-square', message: 'Released' })
  }
  const { broker: remote } = await broker.terminal()
  await until('both wait', async () => (await remote.listApprovals({})).length === 2)
  const gateways = await until('two and a spare', () => broker.gateways().length === 3 && broker.gateways())
  for (const gateway of gateways) {
    const { args, variables: given } = startedWith(gateway)
    expect(args).toMatch(/kosmo\.cjs\0gateway\0$/)
    for (const token of [SECRET, town.account.token]) expect((args + given).includes(token)).toBe(false)
    const names = given.split('\0').map(variable => variable.split('=')[0])
    expect(names).toContain('KOSMO_HOME')
    expect(names).toContain('LANG')
    expect(names.filter(name => /TOKEN|MATTERMOST_URL|ANYTHING|NODE_OPTIONS/.test(name ?? ''))).toEqual([])
  }
  // The broker was given one by its environment, and tells nobody of it.
  expect(startedWith(broker.pid).variables).toContain(SECRET)
  expect(JSON.stringify(await remote.clients({}))).not.toContain(town.account.token)
  expect(JSON.stringify(await remote.status({}))).not.toContain(SECRET)
})
