import { describe, expect, it } from 'vitest'
import { startRaw, startReady } from '../../../support/mcp/raw-client.ts'

const ping = (id: unknown): string => JSON.stringify({ jsonrpc: '2.0', id, method: 'ping' })

describe('what is no message is answered under id null, and the server goes on', () => {
  it.each([
    ['invalid JSON', '{"jsonrpc":"2.0",', -32700],
    ['bare words', 'hello there', -32700],
    ['NUL bytes', '\0\0\0', -32700],
    ['two objects on one line', `${ping(1)}${ping(2)}`, -32700],
    ['a number', '42', -32600],
    ['a string', '"ping"', -32600],
    ['null', 'null', -32600],
    ['true', 'true', -32600],
    ['an empty object', '{}', -32600],
  ])('%s', async (_, line, code) => {
    const client = startRaw()
    const answer = await client.answerTo(`${line}\n`, null)
    expect(answer.error?.code).toBe(code)
    expect(await client.settled()).toHaveLength(1)
  })

  it.each([
    ['an empty batch', '[]'],
    ['a batch of one', `[${ping(1)}]`],
    ['a batch of two', `[${ping(1)},${ping(2)}]`],
  ])('%s', async (_, line) => {
    const client = startRaw()
    const answer = await client.answerTo(`${line}\n`, null)
    expect(answer.error).toEqual({ code: -32600, message: expect.stringMatching(/batches/i) })
    expect(await client.settled()).toHaveLength(1)
  })
})

describe('a malformed request with a usable id is answered under that id', () => {
  it.each([
    ['jsonrpc missing', { id: 7, method: 'ping' }, -32600],
    ['jsonrpc 1.0', { jsonrpc: '1.0', id: 7, method: 'ping' }, -32600],
    ['jsonrpc a number', { jsonrpc: 2, id: 7, method: 'ping' }, -32600],
    ['method missing', { jsonrpc: '2.0', id: 7 }, -32600],
    ['method a number', { jsonrpc: '2.0', id: 7, method: 5 }, -32600],
    ['method null', { jsonrpc: '2.0', id: 7, method: null }, -32600],
    ['params an array', { jsonrpc: '2.0', id: 7, method: 'ping', params: [] }, -32602],
    ['params null', { jsonrpc: '2.0', id: 7, method: 'ping', params: null }, -32602],
    ['params a string', { jsonrpc: '2.0', id: 7, method: 'ping', params: 'x' }, -32602],
  ])('%s', async (_, message, code) => {
    const client = startRaw()
    const answer = await client.answerTo(`${JSON.stringify(message)}\n`, 7)
    expect(answer.error?.code).toBe(code)
    expect(answer.error?.message.length).toBeLessThan(100)
    expect(await client.settled()).toHaveLength(1)
  })
})

describe('odd but valid input is served', () => {
  it('ignores members that JSON-RPC does not know', async () => {
    const client = startRaw()
    const answer = await client.answerTo(
      `${JSON.stringify({ jsonrpc: '2.0', id: 7, method: 'ping', traceparent: 'x', extra: [1] })}\n`,
      7,
    )
    expect(answer.text).toBe('{"jsonrpc":"2.0","id":7,"result":{}}')
  })

  it.each([
    ['at the top', '{"__proto__":{"id":9},"jsonrpc":"2.0","id":7,"method":"ping"}'],
    ['in params', '{"jsonrpc":"2.0","id":7,"method":"ping","params":{"__proto__":{"a":1},"constructor":1}}'],
  ])('takes a __proto__ member %s for any other', async (_, line) => {
    const client = startRaw()
    expect((await client.answerTo(`${line}\n`, 7)).result).toEqual({})
    expect(await client.settled()).toHaveLength(1)
  })

  it('is not led to a method or an id by an inherited member', async () => {
    const client = startRaw()
    const answer = await client.answerTo(
      '{"jsonrpc":"2.0","id":7,"__proto__":{"method":"ping","params":{}}}\n',
      7,
    )
    expect(answer.error?.code).toBe(-32600)
  })

  it('takes a byte order mark off the first line', async () => {
    const client = startRaw()
    const bom = Buffer.from([0xef, 0xbb, 0xbf])
    const answer = await client.answerTo(Buffer.concat([bom, Buffer.from(`${ping(1)}\n`)]), 1)
    expect(answer.result).toEqual({})
    expect(await client.settled()).toHaveLength(1)
  })

  it('takes CRLF for a line end and passes over blank lines', async () => {
    const client = startRaw()
    client.write(`\n\r\n   \n${ping(1)}\r\n\n\r\n${ping(2)}\r\n`)
    await client.reply(2)
    expect((await client.settled()).map(({ id }) => id)).toEqual([1, 2])
  })

  it('reads a message that comes byte by byte', async () => {
    const client = startRaw()
    const bytes = Buffer.from(`${JSON.stringify({ jsonrpc: '2.0', id: 'ä€😀', method: 'ping' })}\n`)
    for (const byte of bytes) {
      client.write(Buffer.from([byte]))
      await new Promise(resolve => client.child.stdin.write('', resolve))
    }
    expect((await client.reply('ä€😀')).result).toEqual({})
  })

  it('reads two and a half messages in one write', async () => {
    const client = startRaw()
    const third = ping(3)
    client.write(`${ping(1)}\n${ping(2)}\n${third.slice(0, 9)}`)
    await client.reply(2)
    client.write(`${third.slice(9)}\n`)
    await client.reply(3)
    expect((await client.settled()).map(({ id }) => id)).toEqual([1, 2, 3])
  })

  it('answers a line with bytes that are no UTF-8', async () => {
    const client = startRaw()
    const line = Buffer.concat([
      Buffer.from('{"jsonrpc":"2.0","id":"'),
      Buffer.from([0xff, 0xc3, 0x28]),
      Buffer.from('","method":"ping"}\n'),
    ])
    expect((await client.answerTo(line, '\ufffd\ufffd(')).result).toEqual({})
    expect(await client.settled()).toHaveLength(1)
  })

  it('ignores unknown notifications and answers that nobody asked for', async () => {
    const client = await startReady()
    const from = client.received.length
    client.send(
      { jsonrpc: '2.0', method: 'notifications/roots/list_changed' },
      { jsonrpc: '2.0', method: 'nonsense', params: { a: 1 } },
      { jsonrpc: '2.0', id: 99, result: { action: 'accept', content: { decision: 'once' } } },
      { jsonrpc: '2.0', id: 'c1', result: {} },
      { jsonrpc: '2.0', id: 'handshake', error: { code: 1, message: 'no' } },
    )
    expect(await client.settled(from)).toEqual([])
  })

  it('says nothing to an error answer under id null, which is how JSON-RPC reports an unreadable message', async () => {
    const client = await startReady()
    const from = client.received.length
    client.send({ jsonrpc: '2.0', id: null, error: { code: -32700, message: 'Parse error' } })
    expect(await client.settled(from)).toEqual([])
  })
})
