import { describe, expect, it } from 'vitest'
import { startRaw, startReady, toolName } from '../../../support/mcp/raw-client.ts'

const params = (protocolVersion: unknown, more: object = {}): object => ({
  protocolVersion,
  capabilities: {},
  clientInfo: { name: 'raw', version: '1' },
  ...more,
})

describe('before initialize', () => {
  it.each([['tools/list'], ['tools/call']])('%s is refused as not initialized', async method => {
    const client = startRaw()
    const answer = await client.request(method, { name: toolName('list_teams'), arguments: {} })
    expect(answer.error).toEqual({ code: -32600, message: expect.stringMatching(/not initialized/i) })
  })

  it.each([['resources/list'], ['prompts/list'], ['nonsense'], [''], ['constructor']])(
    'an unknown method, %j, is answered at once as not found',
    async method => {
      const client = startRaw()
      expect((await client.request(method)).error?.code).toBe(-32601)
    },
  )

  it('answers a ping', async () => {
    expect((await startRaw().request('ping')).result).toEqual({})
  })

  it('answers the probe of a newer client as not found, and then its initialize', async () => {
    const client = startRaw()
    const meta = { _meta: { 'io.modelcontextprotocol/protocolVersion': '2026-07-28' } }
    expect((await client.request('server/discover', meta)).error?.code).toBe(-32601)
    expect((await client.handshake()).result?.protocolVersion).toBe('2025-06-18')
  })
})

describe('initialize', () => {
  it.each([
    ['2025-11-25', '2025-11-25'],
    ['2025-06-18', '2025-06-18'],
    ['2025-03-26', '2025-03-26'],
    ['2024-11-05', '2024-11-05'],
    ['1999-01-01', '2025-11-25'],
    ['2026-07-28', '2025-11-25'],
    ['', '2025-11-25'],
    ['__proto__', '2025-11-25'],
  ])('of version %j gives %s', async (asked, given) => {
    const answer = await startRaw().request('initialize', params(asked))
    expect(answer.result?.protocolVersion).toBe(given)
  })

  it('of a second time is refused and changes nothing', async () => {
    const client = await startReady()
    const again = await client.request('initialize', params('2024-11-05'))
    expect(again.error).toEqual({ code: -32600, message: expect.stringMatching(/already initialized/i) })
    expect((await client.request('tools/list')).result?.tools).toHaveLength(6)
  })

  it.each([
    ['no params', undefined],
    ['no version', {}],
    ['a version that is a number', params(20250618)],
    ['capabilities that are an array', params('2025-06-18', { capabilities: [] })],
    ['capabilities that are null', params('2025-06-18', { capabilities: null })],
    ['a clientInfo that is a string', params('2025-06-18', { clientInfo: 'raw' })],
    ['a name that is a number', params('2025-06-18', { clientInfo: { name: 1 } })],
  ])('with %s is refused in few words, and a better one is taken', async (_, given) => {
    const client = startRaw()
    const refused = await client.request('initialize', given)
    expect(refused.error?.code).toBe(-32602)
    expect(refused.error?.message.length).toBeLessThan(100)
    expect((await client.handshake()).result?.protocolVersion).toBe('2025-06-18')
  })

  it('opens the gate for everything behind it in the same write', async () => {
    const client = startRaw()
    client.send(
      { jsonrpc: '2.0', id: 1, method: 'initialize', params: params('2025-06-18') },
      { jsonrpc: '2.0', id: 2, method: 'tools/list' },
      { jsonrpc: '2.0', id: 3, method: 'tools/call', params: { name: 'nothing' } },
      { jsonrpc: '2.0', method: 'notifications/initialized' },
    )
    expect((await client.reply(2)).result?.tools).toHaveLength(6)
    expect((await client.reply(3)).error?.message).toMatch(/unknown tool/i)
  })

  it('works without notifications/initialized', async () => {
    const client = startRaw()
    await client.request('initialize', params('2025-06-18'))
    expect((await client.request('tools/list')).result?.tools).toHaveLength(6)
    expect((await client.callTool('get_current_user')).result?.isError).toBe(true)
  })
})

describe('after initialize', () => {
  it.each([
    ['resources/list'],
    ['resources/templates/list'],
    ['prompts/list'],
    ['logging/setLevel'],
    ['completion/complete'],
    ['tools/nothing'],
  ])('%s is not found', async method => {
    expect((await (await startReady()).request(method)).error?.code).toBe(-32601)
  })

  it('refuses a cursor that it never gave', async () => {
    const answer = await (await startReady()).request('tools/list', { cursor: 'page2' })
    expect(answer.error?.code).toBe(-32602)
  })
})
