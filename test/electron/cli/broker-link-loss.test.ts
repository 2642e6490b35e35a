import { describe, expect, it } from 'vitest'
import { resultText } from '../../support/mcp/rpc-line.ts'
import { openTown } from '../../support/mcp/town.ts'
import { openBroker, startAt, startReadyAt, welcome } from './scripted-broker.ts'

const POST = { channel_id: '~town-square', message: 'hello' }
const FORM = { message: 'Post this?', requestedSchema: { type: 'object', properties: {} } }
const LIST_CHANGED = 'notifications/tools/list_changed'

describe('a broker that is killed', () => {
  it('leaves every call with exactly one answer that says what may have happened', async () => {
    const broker = await openBroker({ write: 'ask', silent: true })
    const client = await startReadyAt({ home: broker.home })
    client.sendCall('create_post', POST, 'post')
    client.sendCall('list_teams', {}, 'read')
    client.sendCall('list_channels', {}, 'cancelled')
    const connection = await broker.met()
    await connection.calls(3)
    client.cancel('cancelled')
    const ping = await client.request('ping')
    expect(ping.result).toEqual({})
    await broker.kill()
    const post = await client.reply('post')
    expect(post.result?.isError).toBe(true)
    expect(resultText(post)).toMatch(
      /^ERROR: .*broker was lost.*not sent later.*may have arrived.*`kosmo broker`.*\[unreachable\]$/,
    )
    expect(resultText(await client.reply('read'))).toMatch(
      /^ERROR: .*broker was lost(?!.*arrived).*[Cc]all again.*`kosmo broker`.*\[unreachable\]$/,
    )
    const ids = (await client.settled()).map(({ id }) => id)
    for (const id of ['post', 'read']) expect(ids.filter(each => each === id)).toEqual([id])
    expect(ids).not.toContain('cancelled')
  })

  it('warns of a post that may have arrived by whichever name the call was made', async () => {
    const broker = await openBroker({ write: 'ask', silent: true })
    const client = await startReadyAt({ home: broker.home })
    client.sendCall('integration__mattermost__create_post', POST, 'post')
    await (await broker.met()).calls(1)
    await broker.kill()
    expect(resultText(await client.reply('post'))).toMatch(/may have arrived/)
  })

  it('leaves ping and tools/list answered', async () => {
    const broker = await openBroker({ write: 'ask' })
    const client = await startReadyAt({ home: broker.home })
    await client.callTool('list_teams')
    await broker.kill()
    expect((await client.request('ping')).result).toEqual({})
    expect((await client.request('tools/list')).result?.tools).toHaveLength(7)
  })

  it('is never gone around, whatever the flags and the environment would allow', async () => {
    const town = await openTown()
    const broker = await openBroker({ write: 'allow' })
    const client = await startReadyAt({ home: broker.home, account: town.account, write: 'allow' })
    await client.callTool('list_teams')
    await broker.kill()
    const text = resultText(await client.callTool('create_post', POST))
    expect(text).toMatch(/not running any more.*Nothing was sent.*`kosmo broker`.*\[unreachable\]$/)
    expect(town.mattermost.requests).toEqual([])
  })

  it('is not gone around either where it ended before the client said a word', async () => {
    const town = await openTown()
    const broker = await openBroker()
    const client = startAt({ home: broker.home, account: town.account, write: 'allow' })
    await client.request('ping')
    await broker.kill()
    const { result } = await client.handshake()
    expect(result?.capabilities).toEqual({ tools: { listChanged: true } })
    expect(resultText(await client.callTool('create_post', POST))).toMatch(/\[unreachable\]$/)
    expect(town.mattermost.requests).toEqual([])
  })

  it.each([
    ['no JSON', 'nonsense\n'],
    ['an object that is no message', '{"jsonrpc":"2.0"}\n'],
    ['an unknown policy', '{"method":"kosmo/write","params":{"write":"always"}}\n'],
    ['more than 16 MB in a line', `{"jsonrpc":"2.0","method":"${'x'.repeat(16 * 1024 * 1024)}"}\n`],
  ])('is what one is that sends %s', async (_, bytes) => {
    const broker = await openBroker({ silent: true })
    const client = await startReadyAt({ home: broker.home })
    client.sendCall('list_teams', {}, 'open')
    const connection = await broker.met()
    await connection.calls(1)
    connection.raw(bytes)
    expect(resultText(await client.reply('open'))).toMatch(/\[unreachable\]$/)
    await connection.until(() => connection.isClosed)
    const again = await broker.met(1)
    client.sendCall('list_teams', {}, 'next')
    expect(await again.calls(1)).toHaveLength(1)
  })
})

describe('a broker that is there again', () => {
  it('is found without being asked, and gets the handshake and nothing that is old', async () => {
    const broker = await openBroker({ write: 'ask', silent: true })
    const client = await startReadyAt({ home: broker.home })
    client.sendCall('create_post', POST, 'old')
    await (await broker.met()).calls(1)
    await broker.kill()
    await client.reply('old')
    const next = await openBroker({ home: broker.home, write: 'ask' })
    const connection = await next.met()
    expect(connection.hello?.pid).toBe(client.pid)
    await connection.line(({ method }) => method === 'notifications/initialized')
    expect(resultText(await client.callTool('list_teams'))).toMatch(/^from the broker/)
    const lines = connection.lines.map(({ method, params }) => [method, params?.name])
    expect(lines.map(([method]) => method)).toEqual(['initialize', 'notifications/initialized', 'tools/call'])
    expect(lines[2]?.[1]).toMatch(/list_teams$/)
    // The same policy as before is no news.
    expect((await client.settled()).filter(({ method }) => method === LIST_CHANGED)).toEqual([])
  })

  it('gets the call that waited for it', async () => {
    const broker = await openBroker()
    const client = await startReadyAt({ home: broker.home })
    await client.callTool('list_teams')
    await broker.kill()
    client.sendCall('list_channels', {}, 'waiting')
    await client.request('ping')
    await openBroker({ home: broker.home })
    expect(resultText(await client.reply('waiting'))).toMatch(/^from the broker: .*list_channels/)
  })

  it('changes what is listed where its policy is another', async () => {
    const broker = await openBroker({ write: 'deny' })
    const client = await startReadyAt({ home: broker.home })
    expect((await client.request('tools/list')).result?.tools).toHaveLength(6)
    await broker.kill()
    await openBroker({ home: broker.home, write: 'ask' })
    await client.fromServer(LIST_CHANGED)
    expect((await client.request('tools/list')).result?.tools).toHaveLength(7)
  })

  it('is asked anew although it is of another protocol now', async () => {
    const broker = await openBroker()
    const client = await startReadyAt({ home: broker.home })
    await client.callTool('list_teams')
    await broker.kill()
    const other = await openBroker({ home: broker.home, first: () => welcome('allow', { protocol: 2 }) })
    expect(resultText(await client.callTool('list_teams'))).toMatch(/another version.*\[unreachable\]$/)
    await other.kill()
    await openBroker({ home: broker.home })
    expect(resultText(await client.callTool('list_teams'))).toMatch(/^from the broker/)
  })
})

describe('a form that is open while the broker is killed', () => {
  it('goes away, and an answer to it is none to the next one', async () => {
    const broker = await openBroker({ write: 'ask', silent: true })
    const client = await startReadyAt({ home: broker.home }, { elicitation: {} })
    client.sendCall('create_post', POST, 'old')
    const first = await broker.met()
    await first.calls(1)
    first.send({ id: 0, method: 'elicitation/create', params: FORM })
    const oldForm = await client.fromServer('elicitation/create')
    await broker.kill()
    const cancel = await client.fromServer('notifications/cancelled')
    expect(cancel.params?.requestId).toBe(oldForm.id)

    const next = await openBroker({ home: broker.home, write: 'ask', silent: true })
    client.sendCall('create_post', POST, 'new')
    const second = await next.met()
    await second.calls(1)
    const from = client.received.length
    second.send({ id: 0, method: 'elicitation/create', params: FORM })
    const newForm = await client.fromServer('elicitation/create', from)
    expect(newForm.id).not.toEqual(oldForm.id)
    client.send({ jsonrpc: '2.0', id: oldForm.id, result: { action: 'accept' } })
    client.send({ jsonrpc: '2.0', id: newForm.id, result: { action: 'decline' } })
    await second.line(({ result }) => result !== undefined)
    expect(second.lines.filter(({ result }) => result !== undefined)).toEqual([
      { jsonrpc: '2.0', id: 0, result: { action: 'decline' } },
    ])
  })
})
