import { describe, expect, it } from 'vitest'
import { startRaw, startReady, toolName } from '../../../support/mcp/raw-client.ts'
import { resultText } from '../../../support/mcp/rpc-line.ts'
import { openSilentServer } from '../../../support/mcp/silent-server.ts'

const MEGABYTE = 1024 * 1024

const listLine = (id: number): string =>
  `${JSON.stringify({ jsonrpc: '2.0', id, method: 'tools/list', params: {} })}\n`

/** A ping that is this many bytes long. */
function longPing(id: string, bytes: number): string {
  const frame = JSON.stringify({ jsonrpc: '2.0', id, method: 'ping', params: { pad: '' } })
  return `${frame.slice(0, -3)}${'x'.repeat(bytes - frame.length)}"}}\n`
}

describe('long lines', () => {
  it.each([1, 3.9])('%d MB are read', async megabytes => {
    const client = startRaw()
    const answer = await client.answerTo(longPing('long', megabytes * MEGABYTE), 'long')
    expect(answer.result).toEqual({})
  })

  it('exactly 4 MB are read, one byte more is refused', async () => {
    const client = startRaw()
    client.write(longPing('fits', 4 * MEGABYTE))
    client.write(longPing('too-long', 4 * MEGABYTE + 1))
    expect((await client.reply('fits')).result).toEqual({})
    expect((await client.reply(null)).error?.code).toBe(-32600)
    expect((await client.settled()).map(({ id }) => id)).toEqual(['fits', null])
  })

  it('12 MB are refused once, and the next line is read', async () => {
    const client = startRaw()
    client.write(
      `${longPing('long', 12 * MEGABYTE)}${JSON.stringify({ jsonrpc: '2.0', id: 2, method: 'ping' })}\n`,
    )
    expect((await client.reply(2)).result).toEqual({})
    const answers = await client.settled()
    expect(answers.map(({ id }) => id)).toEqual([null, 2])
    expect(answers[0]?.error).toMatchObject({ code: -32600, message: expect.stringMatching(/4 MB/) })
  })

  it('40 MB without a line end are refused once, cost little memory, and the next line is read', async () => {
    const client = startRaw()
    await client.request('ping')
    for (let megabyte = 0; megabyte < 40; megabyte++) {
      const written = Promise.withResolvers<void>()
      client.child.stdin.write(Buffer.alloc(MEGABYTE, 'x'), () => written.resolve())
      await written.promise
    }
    client.write('\n')
    expect((await client.request('ping')).result).toEqual({})
    expect((await client.settled()).filter(({ id }) => id === null)).toHaveLength(1)
    expect(client.usage().peak).toBeLessThan(130)
  })

  it('a call with a long line behind it is answered all the same', async () => {
    const client = await startReady()
    client.sendCall('get_current_user', { nonsense: 'y'.repeat(3 * MEGABYTE) }, 1)
    client.write(longPing('long', 5 * MEGABYTE))
    expect(resultText(await client.reply(1))).toMatch(/unknown argument "nonsense"/)
    expect((await client.reply(null)).error?.code).toBe(-32600)
  })
})

describe('many at once', () => {
  it('5,000 pings in one write are answered in order', async () => {
    const client = startRaw()
    const ids = Array.from({ length: 5_000 }, (_, index) => index)
    client.send(...ids.map(id => ({ jsonrpc: '2.0', id, method: 'ping' })))
    await client.reply(4_999)
    expect((await client.settled()).map(({ id }) => id)).toEqual(ids)
  })

  it('64 of 500 calls at once are taken, the others told to wait, and there is room again afterwards', async () => {
    const server = await openSilentServer()
    const client = await startReady({ account: server.account })
    const ids = Array.from({ length: 500 }, (_, index) => index)
    const params = { name: toolName('get_current_user'), arguments: {} }
    client.send(...ids.map(id => ({ jsonrpc: '2.0', id, method: 'tools/call', params })))
    const refused = await Promise.all(ids.slice(64).map(id => client.reply(id)))
    expect(new Set(refused.map(({ error }) => error?.code))).toEqual(new Set([-32603]))
    expect(refused[0]?.error?.message).toMatch(/64/)
    const answered = (await client.settled()).map(({ id }) => id)
    expect(ids.slice(0, 64).filter(id => answered.includes(id))).toEqual([])
    client.cancel(0)
    expect((await client.callTool('nothing', {}, 'after')).error?.code).toBe(-32602)
    expect((await client.callTool('nothing', {}, 0)).error?.code).toBe(-32602)
  })

  it('pings are answered while the most calls are open', async () => {
    const server = await openSilentServer()
    const client = await startReady({ account: server.account })
    for (let id = 0; id < 64; id++) client.sendCall('get_current_user', {}, id)
    expect((await client.request('ping')).result).toEqual({})
    expect((await client.request('tools/list')).result?.tools).toHaveLength(6)
  })
})

describe('a server that nobody speaks to', () => {
  it('uses no processor time, before and after a call', async () => {
    const client = await startReady()
    await peakWhenIdle(client)
    await client.callTool('nothing')
    await peakWhenIdle(client)
    expect((await client.request('ping')).result).toEqual({})
  })
})

describe('a client that reads slowly', () => {
  it('is not read from while much is unread, costs little memory, and gets every answer in the end', async () => {
    const client = await startReady()
    const count = 4_000
    client.child.stdout.pause()
    const written = Promise.withResolvers<void>()
    const lines = Array.from({ length: count }, (_, id) => listLine(id)).join('')
    // The blank lines are more than any pipe holds: while it is not read from, some of them stay here.
    client.child.stdin.write(`${lines}${'\n'.repeat(4 * MEGABYTE)}`, () => written.resolve())
    expect(await peakWhenIdle(client)).toBeLessThan(250)
    expect(client.child.stdin.writableLength).toBeGreaterThan(0)
    client.child.stdout.resume()
    await written.promise
    await client.reply(count - 1)
    const ids = new Set(client.received.map(({ id }) => id))
    expect(Array.from({ length: count }, (_, id) => id).filter(id => !ids.has(id))).toEqual([])
    expect(client.usage().peak).toBeLessThan(250)
  })
})

/** The highest resident memory, once the program uses no processor time any more. */
async function peakWhenIdle(client: { usage(): { peak: number; ticks: number } }): Promise<number> {
  let before = -1
  for (;;) {
    const { peak, ticks } = client.usage()
    if (ticks === before) return peak
    before = ticks
    await new Promise(resolve => setTimeout(resolve, 200))
  }
}
