import { describe, expect, it } from 'vitest'
import { startReady, toolName } from '../../../support/mcp/raw-client.ts'
import { resultText } from '../../../support/mcp/rpc-line.ts'
import { openSilentServer } from '../../../support/mcp/silent-server.ts'
import { openTown } from '../../../support/mcp/town.ts'

describe('params of tools/call that are no call', () => {
  it.each([
    ['no params', undefined],
    ['no name', {}],
    ['a name that is a number', { name: 5 }],
    ['a name that is null', { name: null }],
    ['arguments that are an array', { name: 'x', arguments: [] }],
    ['arguments that are null', { name: 'x', arguments: null }],
    ['arguments that are a string', { name: 'x', arguments: '{}' }],
    ['a _meta that is a string', { name: 'x', _meta: 'y' }],
    ['a _meta that is an array', { name: 'x', _meta: [] }],
  ])('%s: refused in few words', async (_, params) => {
    const client = await startReady()
    const answer = await client.request('tools/call', params)
    expect(answer.error?.code).toBe(-32602)
    expect(answer.error?.message.length).toBeLessThan(120)
    expect(await client.request('ping')).toMatchObject({ result: {} })
  })

  it.each([
    ['a reserved member of a wrong type', { 'io.modelcontextprotocol/related-task': 5 }],
    ['a reserved member that is right', { 'io.modelcontextprotocol/related-task': { taskId: 'x' } }],
    ['a progress token of a wrong type', { progressToken: { a: 1 } }],
    ['a progress token that is a fraction', { progressToken: 1.5 }],
    ['a __proto__', JSON.parse('{"__proto__":{"progressToken":1}}')],
  ])('%s in _meta does not cost the call its answer', async (_, _meta) => {
    const client = await startReady()
    const wrong = { name: toolName('get_current_user'), arguments: { nonsense: 1 } }
    client.send({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { ...wrong, _meta } })
    await client.request('tools/call', wrong)
    const answer = (await client.settled()).find(({ id }) => id === 1)
    expect(answer, 'the call has an answer').toBeDefined()
    expect(answer?.result?.isError).toBe(true)
  })

  it.each([
    ['nothing'],
    [''],
    ['__proto__'],
    ['toString'],
    ['integration__mattermost__'],
    ['x'.repeat(10_000)],
  ])('an unknown tool is refused: %.40s', async name => {
    const answer = await (await startReady()).request('tools/call', { name })
    expect(answer.error?.code).toBe(-32602)
    expect(answer.error?.message).toMatch(/unknown tool/i)
    expect(answer.error?.message.length).toBeLessThan(200)
  })

  it('a tool of an integration that is not served is unknown', async () => {
    const client = await startReady({ args: ['mcp:serve'] })
    expect((await client.callTool('get_current_user')).error?.code).toBe(-32602)
  })
})

describe('arguments', () => {
  it.each([
    ['get_current_user', { verbose: true }, /unknown argument "verbose"/],
    ['list_posts', { channel_id: '~x', limit: 5, pages: 1 }, /unknown argument "limit", "pages"/],
    ['list_posts', {}, /channel_id is required/],
    ['list_posts', { channel_id: null }, /channel_id must be of type string/],
    ['list_posts', { channel_id: 5 }, /channel_id must be of type string/],
    ['list_posts', { channel_id: '' }, /channel_id must not be empty/],
    ['list_posts', { channel_id: '~x', page: 1.5 }, /page must be a whole number/],
    ['list_posts', { channel_id: '~x', page: -1 }, /page must be at least 0/],
    ['list_posts', { channel_id: 'x'.repeat(301) }, /channel_id must be at most 300 characters/],
  ])('%s %j: a result that says what is wrong', async (tool, args, message) => {
    const answer = await (await startReady()).callTool(tool, args)
    expect(answer.result?.isError).toBe(true)
    expect(resultText(answer)).toMatch(/^ERROR: /)
    expect(resultText(answer)).toMatch(message)
    expect(resultText(answer)).toMatch(/\[invalid_input\]$/)
  })

  it('never repeats more than a little of an odd argument, and nothing invisible', async () => {
    const client = await startReady()
    const name = `\u202e\u001b[31m${'long'.repeat(1000)}`
    const text = resultText(await client.callTool('get_current_user', { [name]: 1 }))
    expect(text.length).toBeLessThan(200)
    expect(text).not.toMatch(/[\p{Cc}\p{Cf}]/u)
  })

  it('20,000 levels deep are refused like any other wrong type', async () => {
    const client = await startReady()
    const deep = '['.repeat(20_000) + ']'.repeat(20_000)
    const line = `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"${toolName('get_channel')}","arguments":{"channel_id":${deep}}}}\n`
    expect(resultText(await client.answerTo(line, 1))).toMatch(/channel_id must be of type string/)
  })

  it('100,000 of them are refused in few words', async () => {
    const client = await startReady()
    const args = Object.fromEntries(Array.from({ length: 100_000 }, (_, index) => [`k${index}`, index]))
    const text = resultText(await client.callTool('get_current_user', args))
    expect(text).toMatch(/unknown argument "k0"/)
    expect(text.length).toBeLessThan(300)
  })
})

describe('while a call waits for Mattermost', () => {
  it('pings are answered and another call completes', async () => {
    const town = await openTown()
    const client = await startReady({ account: town.account })
    const gate = town.mattermost.faults.hold({ path: /users\/me$/ })
    const slow = client.callTool('get_current_user')
    await gate.arrived
    expect((await client.request('ping')).result).toEqual({})
    const teams = await client.callTool('list_teams')
    expect(resultText(teams)).toContain('engineering')
    gate.release()
    expect((await slow).result).toMatchObject({ structuredContent: { user: { username: 'alice' } } })
  })

  it('cancelling it closes its connection', async () => {
    const server = await openSilentServer()
    const client = await startReady({ account: server.account })
    client.sendCall('get_current_user', {}, 0)
    await server.waiting(1)
    client.cancel(0)
    await server.closed(1)
    expect((await client.settled()).filter(({ id }) => id === 0)).toEqual([])
  })

  it('a call that was cancelled is not tried again', async () => {
    const server = await openSilentServer()
    const client = await startReady({ account: server.account })
    client.sendCall('get_current_user', {}, 0)
    await server.waiting(1)
    client.cancel(0)
    await server.closed(1)
    client.sendCall('list_teams')
    await server.waiting(2)
    expect(server.open()).toBe(1)
  })
})
