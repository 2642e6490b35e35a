import { describe, expect, it } from 'vitest'
import type { RawClient } from '../../support/mcp/raw-client.ts'
import { resultText } from '../../support/mcp/rpc-line.ts'
import { openBroker, startAt, startReadyAt, welcome } from './scripted-broker.ts'

const MEGABYTE = 1024 * 1024
const LIST_CHANGED = 'notifications/tools/list_changed'
const clean = { code: 0, signal: null }

describe('between client and gateway', () => {
  it('64 calls are open at once, and each gets its own answer', async () => {
    const broker = await openBroker({ silent: true })
    const client = await startReadyAt({ home: broker.home })
    const ids = Array.from({ length: 64 }, (_, id) => id)
    for (const id of ids) client.sendCall('list_teams', { nth: id }, id)
    client.sendCall('list_teams', {}, 'too-many')
    const connection = await broker.met()
    await connection.calls(64)
    expect((await client.reply('too-many')).error?.message).toMatch(/64/)
    for (const { id, method, params } of connection.lines.toReversed()) {
      if (method !== 'tools/call') continue
      const args = params?.arguments as { nth: number } | undefined
      connection.send({ id, result: { content: [{ type: 'text', text: `nth ${args?.nth}` }] } })
    }
    for (const id of ids) expect(resultText(await client.reply(id))).toBe(`nth ${id}`)
  })

  it('forms, their cancellation, progress and errors pass', async () => {
    const broker = await openBroker({ silent: true })
    const client = await startReadyAt({ home: broker.home }, { elicitation: {} })
    client.sendCall('list_teams', {}, 'call')
    const connection = await broker.met()
    const [id = ''] = await connection.calls(1)
    connection.send(
      { method: 'notifications/progress', params: { progressToken: 0, progress: 1 } },
      { id: 7, method: 'elicitation/create', params: { message: 'Sure?' } },
      { method: 'notifications/cancelled', params: { requestId: 7, reason: 'somebody else answered' } },
      { method: 'notifications/cancelled', params: { requestId: 99 } },
      { id, error: { code: -32602, message: 'no such tool' } },
      { id, result: {} },
    )
    const form = await client.fromServer('elicitation/create')
    const cancelled = { requestId: form.id, reason: 'somebody else answered' }
    expect((await client.fromServer('notifications/cancelled')).params).toEqual(cancelled)
    expect((await client.fromServer('notifications/progress')).params).toMatchObject({ progressToken: 0 })
    expect((await client.reply('call')).error).toEqual({ code: -32602, message: 'no such tool' })
    expect(await client.settled()).toHaveLength(5)
  })

  it('a cancelled call is cancelled there too, and its late answer goes nowhere', async () => {
    const broker = await openBroker({ silent: true })
    const client = await startReadyAt({ home: broker.home })
    client.sendCall('list_teams', {}, 'call')
    const connection = await broker.met()
    const [id = ''] = await connection.calls(1)
    client.cancel('call')
    const { params } = await connection.line(({ method }) => method === 'notifications/cancelled')
    expect(params).toEqual({ requestId: id })
    connection.send({ id, result: { content: [] } }, { method: 'notifications/progress', params: {} })
    await client.fromServer('notifications/progress')
    expect((await client.settled()).filter(each => each.id === 'call')).toEqual([])
  })
})

describe('what cannot be written anew for a gateway', () => {
  it.each([
    ['numbers', Buffer.from(`[${'1e20,'.repeat(600_000)}0]`)],
    [
      'bytes that are no UTF-8',
      Buffer.concat([Buffer.from('"'), Buffer.alloc(2_000_000, 0xff), Buffer.from('"')]),
    ],
    ['what is nested deeply', Buffer.from('['.repeat(20_000) + ']'.repeat(20_000))],
  ])('is refused where it is a call, and the others go on: %s', async (_, value) => {
    const broker = await openBroker()
    const client = await startReadyAt({ home: broker.home })
    const params = `{"name":"integration__mattermost__mattermost_list_teams","arguments":{"x":`
    client.write(`{"jsonrpc":"2.0","id":"long","method":"tools/call","params":${params}`)
    client.write(value)
    client.write('}}}\n')
    expect(resultText(await client.reply('long'))).toMatch(
      /^ERROR: The arguments are too long.*\[invalid_input\]$/,
    )
    expect(resultText(await client.callTool('list_teams'))).toMatch(/^from the broker/)
    expect(await (await broker.met()).calls(1)).toHaveLength(1)
  })
})

describe('what a client answers and cancels with', () => {
  it('reaches the gateway as a failure where it cannot be written anew', async () => {
    const broker = await openBroker({ silent: true })
    const client = await startReadyAt({ home: broker.home }, { elicitation: {} })
    client.sendCall('list_teams', {}, 'call')
    const connection = await broker.met()
    await connection.calls(1)
    connection.send({ id: 7, method: 'elicitation/create', params: { message: 'Sure?' } })
    const { id } = await client.fromServer('elicitation/create')
    const deep = '['.repeat(20_000) + ']'.repeat(20_000)
    client.write(`{"jsonrpc":"2.0","id":${JSON.stringify(id)},"result":{"content":${deep}}}\n`)
    const answer = await connection.line(({ id, method }) => id === 7 && method === undefined)
    expect(answer).toMatchObject({ error: { message: expect.any(String) } })
    expect((await client.request('ping')).result).toEqual({})
  })

  it('says why in a few words, however many the client has', async () => {
    const broker = await openBroker({ silent: true })
    const client = await startReadyAt({ home: broker.home })
    client.sendCall('list_teams', {}, 'call')
    const connection = await broker.met()
    await connection.calls(1)
    client.write(
      '{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":"call","reason":"',
    )
    client.write(Buffer.alloc(2_000_000, 0xff))
    client.write('"}}\n')
    const { params } = await connection.line(({ method }) => method === 'notifications/cancelled')
    expect(String(params?.reason).length).toBeLessThan(1_000)
  })
})

describe('a policy that changes', () => {
  it('changes what is listed, says so once, and says nothing of it to the model', async () => {
    const broker = await openBroker({ write: 'deny' })
    const client = await startReadyAt({ home: broker.home })
    await client.callTool('list_teams')
    const connection = await broker.met()
    connection.raw('{"method":"kosmo/write","params":{"write":"ask"}}\n')
    await client.fromServer(LIST_CHANGED)
    expect((await client.request('tools/list')).result?.tools).toHaveLength(7)
    connection.send(
      { method: 'kosmo/write', params: { write: 'ask' } },
      { method: 'kosmo/news', params: { of: 'a newer broker' } },
      { method: 'notifications/progress', params: {} },
    )
    await client.fromServer('notifications/progress')
    expect(client.received.flatMap(({ method = [] }) => method)).toEqual([
      LIST_CHANGED,
      'notifications/progress',
    ])
  })

  it('is told only to a client that is ready for it', async () => {
    const broker = await openBroker({ write: 'deny' })
    const client = startAt({ home: broker.home })
    const params = { protocolVersion: '2025-06-18', capabilities: {} }
    await client.request('initialize', params)
    ;(await broker.met()).send({ method: 'kosmo/write', params: { write: 'ask' } })
    let listed: unknown = []
    while (!Array.isArray(listed) || listed.length < 7) {
      listed = (await client.request('tools/list')).result?.tools
    }
    expect(client.received.filter(({ method }) => method !== undefined)).toEqual([])
    client.send({ jsonrpc: '2.0', method: 'notifications/initialized' })
    await client.fromServer(LIST_CHANGED)
  })
})

describe('the end of input', () => {
  it('with a call open is told to the broker, and the connection closed', async () => {
    const broker = await openBroker({ silent: true })
    const client = await startReadyAt({ home: broker.home })
    client.sendCall('list_teams')
    const connection = await broker.met()
    await connection.calls(1)
    client.endInput()
    await connection.line(({ method }) => method === 'kosmo/endOfInput')
    expect(await client.exit).toEqual(clean)
    await connection.until(() => connection.isClosed)
  })

  it('of a whole script in one write leaves nothing unanswered', async () => {
    const broker = await openBroker()
    const client = startAt({ home: broker.home })
    const params = { protocolVersion: '2025-06-18', capabilities: {} }
    client.send(
      { jsonrpc: '2.0', id: 1, method: 'initialize', params },
      { jsonrpc: '2.0', id: 2, method: 'tools/list' },
    )
    client.sendCall('list_teams', {}, 3)
    client.endInput()
    expect(await client.exit).toEqual(clean)
    expect(client.received.map(({ id }) => id)).toEqual([1, 2, 3])
    expect((await broker.met()).lines.map(({ method }) => method)).toEqual([
      'initialize',
      'notifications/initialized',
      'tools/call',
      'kosmo/endOfInput',
    ])
  })

  it('that came before the welcome is told after the calls that came before it', async () => {
    const broker = await openBroker({ first: () => undefined })
    const client = startAt({ home: broker.home })
    const params = { protocolVersion: '2025-06-18', capabilities: {} }
    client.send({ jsonrpc: '2.0', id: 1, method: 'initialize', params })
    client.sendCall('list_teams', {}, 2)
    client.endInput()
    await client.reply(1)
    const connection = await broker.met()
    connection.raw(`${welcome()}\n`)
    expect(resultText(await client.reply(2))).toMatch(/^from the broker/)
    await connection.line(({ method }) => method === 'kosmo/endOfInput')
    expect(connection.lines.map(({ method }) => method).slice(2)).toEqual(['tools/call', 'kosmo/endOfInput'])
  })

  it.each([
    ['a broker that says nothing', () => undefined],
    ['one that refuses', () => '{"kosmo":"refused","code":"busy","message":"Busy."}'],
  ])('ends the program with %s too', async (_, first) => {
    const broker = await openBroker({ first })
    const client = await startReadyAt({ home: broker.home })
    client.sendCall('list_teams')
    await client.request('ping')
    client.endInput()
    expect(await client.exit).toEqual(clean)
  })

  it.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)('%s with a call open ends both', async signal => {
    const broker = await openBroker({ silent: true })
    const client = await startReadyAt({ home: broker.home })
    client.sendCall('list_teams')
    const connection = await broker.met()
    await connection.calls(1)
    client.child.kill(signal)
    expect(await client.exit).toEqual(clean)
    await connection.until(() => connection.isClosed)
  })

  it('ends the program while it looks for a broker that is gone', async () => {
    const broker = await openBroker()
    const client = await startReadyAt({ home: broker.home })
    await client.callTool('list_teams')
    await broker.kill()
    client.endInput()
    expect(await client.exit).toEqual(clean)
  })
})

describe('much that nobody reads', () => {
  it('of the broker stays with the broker while the client does not read', async () => {
    const broker = await openBroker({ silent: true })
    const client = await startReadyAt({ home: broker.home })
    client.sendCall('list_teams', {}, 'call')
    const connection = await broker.met()
    const [id = ''] = await connection.calls(1)
    client.child.stdout.pause()
    const params = { pad: 'x'.repeat(MEGABYTE) }
    for (let nth = 0; nth < 100; nth++) connection.send({ method: 'notifications/progress', params })
    connection.send({ id, result: { content: [] } })
    expect(await peakWhenIdle(client)).toBeLessThan(150)
    expect(connection.socket.writableLength).toBeGreaterThan(50 * MEGABYTE)
    client.child.stdout.resume()
    await client.reply('call')
    expect(client.received.filter(({ method }) => method !== undefined)).toHaveLength(100)
  })

  it.each([
    ['while the broker does not read', true],
    ['while it has not welcomed us', false],
  ])('of the client stays with the client %s', async (_, isWelcome) => {
    const broker = await openBroker(isWelcome ? { silent: true } : { silent: true, first: () => undefined })
    const client = await startReadyAt({ home: broker.home })
    await client.request('tools/list')
    const connection = await broker.met()
    connection.socket.pause()
    const ids = Array.from({ length: 24 }, (_, id) => id)
    for (const id of ids) client.sendCall('list_teams', { pad: 'x'.repeat(MEGABYTE) }, id)
    expect(await peakWhenIdle(client)).toBeLessThan(150)
    expect(client.child.stdin.writableLength).toBeGreaterThan(10 * MEGABYTE)
    if (isWelcome) {
      connection.socket.resume()
      expect(await connection.calls(24)).toHaveLength(24)
    }
    await broker.kill()
    for (const id of ids) expect(resultText(await client.reply(id))).toMatch(/\[unreachable\]$/)
  })
})

/** The highest resident memory, once the program uses no processor time any more. */
async function peakWhenIdle(client: RawClient): Promise<number> {
  let before = -1
  for (;;) {
    const { peak, ticks } = client.usage()
    if (ticks === before) return peak
    before = ticks
    await new Promise(resolve => setTimeout(resolve, 200))
  }
}
