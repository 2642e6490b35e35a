import { chmodSync, chownSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { connectBroker } from '../../../electron/broker/broker-client.ts'
import manifest from '../../../package.json' with { type: 'json' }
import { SECRET } from '../../support/mcp/program.ts'
import type { RawClient } from '../../support/mcp/raw-client.ts'
import { resultText } from '../../support/mcp/rpc-line.ts'
import { openTown } from '../../support/mcp/town.ts'
import {
  addressIn,
  newHome,
  openBroker,
  staleHome,
  startAt,
  startReadyAt,
  welcome,
} from './scripted-broker.ts'

const INITIALIZE = {
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'raw', version: '1' } },
}
const POST = { channel_id: '~town-square', message: 'hello' }

async function toolCount(client: RawClient): Promise<number> {
  const { result } = await client.request('tools/list')
  return Array.isArray(result?.tools) ? result.tools.length : 0
}

/** What is served although nobody can be asked: the tools of the flags, and no to every call. */
async function expectUnreachable(client: RawClient, why: RegExp): Promise<void> {
  const answer = await client.handshake()
  expect(answer.result?.capabilities).toEqual({ tools: { listChanged: true } })
  expect(await toolCount(client)).toBe(7)
  for (const [tool, args] of [
    ['create_post', POST],
    ['list_teams', {}],
  ] as const) {
    const answer = await client.callTool(tool, args)
    expect(answer.result?.isError).toBe(true)
    expect(resultText(answer)).toMatch(/^ERROR: .*\[unreachable\]$/)
    expect(resultText(answer)).toMatch(why)
  }
  expect((await client.request('ping')).result).toEqual({})
}

describe('without a broker the bridge works alone', () => {
  it.each([
    ['where there is no folder', () => join(newHome(), 'nothing')],
    ['where a socket file is left that nobody listens on', staleHome],
    ['where the path is too long for any broker', () => join(newHome(), 'x'.repeat(120))],
  ])('%s', async (_, makeHome) => {
    const town = await openTown()
    const home = await makeHome()
    const client = await startReadyAt({ home, account: town.account, write: 'allow' })
    expect(resultText(await client.callTool('create_post', POST))).toMatch(/posted/i)
    expect(town.posted()).toEqual(['hello'])
  })

  it('says that its list never changes', async () => {
    const client = startAt({ home: newHome() })
    expect((await client.handshake()).result?.capabilities).toEqual({ tools: {} })
  })
})

describe('the hello', () => {
  it('says who is there, in what folder, for whom and with what flags', async () => {
    const broker = await openBroker()
    const client = await startReadyAt({ home: broker.home, write: 'ask' }, { elicitation: {} })
    const { hello } = await broker.met()
    expect(hello).toEqual({
      kosmo: 'hello',
      protocol: 1,
      version: manifest.version,
      as: 'client',
      pid: client.pid,
      parent: process.pid,
      workspace: expect.stringMatching(/^\//),
      options: {
        integrations: ['mattermost'],
        write: 'ask',
        account: 'default',
        maxResultCharacters: 50_000,
        name: 'kosmo',
      },
      client: { name: 'raw', version: '1', form: true },
      variables: { MATTERMOST_URL: 'http://127.0.0.1:9', MATTERMOST_ACCESS_TOKEN: SECRET },
    })
    expect(readFileSync(`/proc/${client.pid}/cmdline`, 'utf8')).not.toContain(SECRET)
  })

  it('waits for the client, and is the only thing said before its handshake', async () => {
    const broker = await openBroker()
    const client = startAt({ home: broker.home })
    await client.request('ping')
    expect(broker.connections.map(({ hello }) => hello)).toEqual([undefined])
    await client.handshake()
    const connection = await broker.met()
    expect(connection.hello?.client).toEqual({ name: 'raw', version: '1', form: false })
    expect(connection.lines).toEqual([])
    await toolCount(client)
    await connection.line(({ method }) => method === 'notifications/initialized')
    expect(connection.lines.map(({ method }) => method)).toEqual(['initialize', 'notifications/initialized'])
  })

  it('fits whatever a client calls itself', async () => {
    const broker = await openBroker()
    const client = startAt({ home: broker.home })
    await client.handshake({ clientInfo: { name: 'n'.repeat(5_000), version: 'v'.repeat(5_000) } })
    expect((await broker.met()).hello?.client.name).toHaveLength(200)
  })

  it('carries what limits the account and leads to it, and nothing else of the environment', async () => {
    const broker = await openBroker()
    const passed = {
      MATTERMOST_SCOPE: 'eng/*',
      HTTPS_PROXY: 'http://proxy:1',
      no_proxy: 'localhost',
      NODE_EXTRA_CA_CERTS: '/ca.pem',
      SSL_CERT_FILE: '/certs.pem',
    }
    await startReadyAt({ home: broker.home, env: { ...passed, GITHUB_TOKEN: 'other', MY_HTTPS_PROXY: 'x' } })
    expect((await broker.met()).hello?.variables).toEqual({
      ...passed,
      MATTERMOST_URL: 'http://127.0.0.1:9',
      MATTERMOST_ACCESS_TOKEN: SECRET,
    })
  })

  it.each([['MATTERMOST_URL'], ['MATTERMOST_ACCESS_TOKEN']])(
    'carries no variables without %s',
    async name => {
      const broker = await openBroker()
      await startReadyAt({ home: broker.home, env: { [name]: ' ', MATTERMOST_SCOPE: 'eng/*' } })
      expect((await broker.met()).hello).not.toHaveProperty('variables')
    },
  )
})

describe('the welcome decides what is listed', () => {
  it.each([
    ['deny', 'allow', 6, /switched off/],
    ['ask', 'deny', 7, /shown to a person/],
    ['allow', 'deny', 7, /may still be refused/],
  ] as const)('%s, whatever the flags say (%s)', async (given, flag, tools, instructions) => {
    const broker = await openBroker({ write: given })
    const client = startAt({ home: broker.home, write: flag })
    const { result } = await client.handshake()
    expect(result?.instructions).toMatch(instructions)
    expect(result?.capabilities).toEqual({ tools: { listChanged: true } })
    expect(await toolCount(client)).toBe(tools)
    expect(resultText(await client.callTool('list_teams'))).toMatch(/^from the broker: .*list_teams$/)
  })

  it('keeps the order of what comes in one write', async () => {
    const broker = await openBroker({ write: 'ask' })
    const client = startAt({ home: broker.home })
    client.send(
      INITIALIZE,
      { jsonrpc: '2.0', method: 'notifications/initialized' },
      { jsonrpc: '2.0', id: 2, method: 'tools/list' },
      { jsonrpc: '2.0', id: 3, method: 'nonsense' },
      'no message',
      { jsonrpc: '2.0', id: 4, method: 'tools/list' },
    )
    await client.reply(4)
    expect(client.received.map(({ id }) => id)).toEqual([1, 2, 3, null, 4])
    expect(client.received[1]?.result?.tools).toHaveLength(7)
  })
})

describe('a broker that says no is never gone around', () => {
  it.each([
    [
      'a refusal',
      '{"kosmo":"refused","code":"busy","message":"Too many\\u001b clients."}',
      /^ERROR: Too many clients\. \[/,
    ],
    ['another protocol', welcome('allow', { protocol: 2 }), /another version/],
    ['no JSON', 'HTTP/1.1 400 Bad Request', /does not speak as it does/],
    ['another word', '{"kosmo":"hello"}', /does not speak as it does/],
    ['an unknown policy', welcome('allow', { write: 'always' }), /does not speak as it does/],
    ['more than 16 MB', welcome('allow', { pad: 'x'.repeat(16 * 1024 * 1024) }), /does not speak as it does/],
  ])('%s', async (_, first, why) => {
    const town = await openTown()
    const broker = await openBroker({ first: () => first })
    const client = startAt({ home: broker.home, account: town.account, write: 'allow' })
    await expectUnreachable(client, why)
    expect(town.mattermost.requests).toEqual([])
  })

  it('where the socket is not ours to use', async () => {
    const town = await openTown()
    const broker = await openBroker()
    // Root may do everything: then somebody else starts the program.
    const isRoot = process.getuid?.() === 0
    const node = join(newHome(), 'node')
    const other = isRoot ? '/usr/bin/setpriv --reuid=65534 --regid=65534 --clear-groups' : ''
    writeFileSync(node, `#!/bin/sh\nexec ${other} "${process.execPath}" "$@"\n`, { mode: 0o755 })
    if (!isRoot) chmodSync(join(broker.home, 'run'), 0)
    onTestFinished(() => chmodSync(join(broker.home, 'run'), 0o700))
    const client = startAt({ home: broker.home, account: town.account, write: 'allow', node })
    await expectUnreachable(client, /EACCES/)
    expect(town.mattermost.requests).toEqual([])
    expect(broker.connections).toEqual([])
  })

  it.skipIf(process.getuid?.() !== 0)(
    "where the socket is another user's (only root can give it away)",
    async () => {
      const town = await openTown()
      const broker = await openBroker()
      chownSync(addressIn(broker.home), 65_534, 65_534)
      const client = startAt({ home: broker.home, account: town.account, write: 'allow' })
      await expectUnreachable(client, /it belongs to another user/)
      expect(town.mattermost.requests).toEqual([])
      expect(broker.connections).toEqual([])
      await expect(
        connectBroker({ variables: { KOSMO_HOME: broker.home }, interactive: true }),
      ).rejects.toThrow(/belongs to another user/)
    },
  )

  it('where nobody can tell whether somebody is there', async () => {
    const home = newHome()
    mkdirSync(join(home, 'run'))
    symlinkSync(addressIn(home), addressIn(home))
    await expectUnreachable(startAt({ home, write: 'allow' }), /ELOOP/)
  })

  it('asks again with the next call, and a refusal that is over is over', async () => {
    let isBusy = true
    const refusal = '{"kosmo":"refused","code":"busy","message":"Too many clients."}'
    const broker = await openBroker({ first: () => (isBusy ? refusal : welcome()) })
    const client = await startReadyAt({ home: broker.home })
    expect(resultText(await client.callTool('list_teams'))).toMatch(/Too many clients/)
    isBusy = false
    expect(resultText(await client.callTool('list_teams'))).toMatch(/^from the broker/)
  })
})

describe('a broker that says nothing', () => {
  it('does not hold up a ping, nor for long the tools of the flags', async () => {
    const broker = await openBroker({ first: () => undefined })
    const client = startAt({ home: broker.home, write: 'ask' })
    client.send(
      INITIALIZE,
      { jsonrpc: '2.0', id: 2, method: 'tools/list' },
      { jsonrpc: '2.0', id: 3, method: 'ping' },
    )
    await client.reply(2)
    expect(client.received.map(({ id }) => id)).toEqual([3, 1, 2])
    expect(client.received[2]?.result?.tools).toHaveLength(7)
  })

  it('is waited for by a call, which goes through once it speaks', async () => {
    const broker = await openBroker({ first: () => undefined })
    const client = await startReadyAt({ home: broker.home })
    client.sendCall('list_teams', {}, 'early')
    client.sendCall('list_channels', {}, 'cancelled')
    client.cancel('cancelled')
    await client.request('ping')
    const connection = await broker.met()
    expect(connection.lines).toEqual([])
    connection.raw(`${welcome('ask')}\n`)
    expect(resultText(await client.reply('early'))).toMatch(/^from the broker/)
    expect(connection.lines.map(({ method }) => method)).toEqual([
      'initialize',
      'notifications/initialized',
      'tools/call',
    ])
    await client.fromServer('notifications/tools/list_changed')
    expect(await toolCount(client)).toBe(7)
  })

  it('costs a call its answer in the end, and nothing is done', async () => {
    const town = await openTown()
    const broker = await openBroker({ first: () => undefined })
    const client = await startReadyAt({ home: broker.home, account: town.account, write: 'allow' })
    expect(resultText(await client.callTool('create_post', POST))).toMatch(
      /did not answer within 5 seconds.*Nothing was sent.*\[unreachable\]$/,
    )
    const connection = await broker.met()
    connection.raw(`${welcome('allow')}\n`)
    expect(resultText(await client.callTool('list_teams'))).toMatch(/^from the broker/)
    expect(await connection.calls(1)).toHaveLength(1)
    expect(town.mattermost.requests).toEqual([])
  })
})
