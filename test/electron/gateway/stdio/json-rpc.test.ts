import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isObject, parseMessage } from '../../../../electron/gateway/stdio/json-rpc.ts'

const member = fc.constantFrom('jsonrpc', 'id', 'method', 'params', 'result', 'error', '__proto__', 'extra')
const value = fc.oneof(
  fc.constantFrom('2.0', 'ping', 0, 1, -5, 1.5, 2 ** 53, null, true, '', 'constructor'),
  fc.jsonValue({ maxDepth: 2 }),
)
/** JSON objects that are nearly messages. */
const nearly = fc
  .array(fc.tuple(member, value), { maxLength: 8 })
  .map(
    members =>
      `{${members.map(([name, given]) => `${JSON.stringify(name)}:${JSON.stringify(given)}`).join()}}`,
  )
const line = fc.oneof(fc.string({ unit: 'binary' }), fc.json(), nearly)

function isUsableId(id: unknown): boolean {
  return typeof id === 'string' || Number.isSafeInteger(id)
}

describe('parseMessage', () => {
  it('never throws, and gives nothing but clean messages', () => {
    fc.assert(
      fc.property(line, text => {
        const message = parseMessage(text)
        switch (message.kind) {
          case 'nothing':
            return
          case 'malformed':
            expect(message.id === null || isUsableId(message.id)).toBe(true)
            expect([-32700, -32600, -32602]).toContain(message.error.code)
            expect(message.error.message.length).toBeLessThan(100)
            return
          case 'response':
            expect(isUsableId(message.id)).toBe(true)
            return
          case 'request':
            expect(isUsableId(message.id)).toBe(true)
            break
          case 'notification':
            expect(Object.hasOwn(message, 'id')).toBe(false)
        }
        expect(typeof message.method).toBe('string')
        expect(message.params === undefined || isObject(message.params)).toBe(true)
      }),
      { numRuns: 500 },
    )
  })

  it('gives back every proper request, whatever else stands in it', () => {
    const id = fc.oneof(fc.string({ unit: 'binary' }), fc.maxSafeInteger())
    const params = fc.option(
      fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 1 }), { noNullPrototype: true }),
      {
        nil: undefined,
      },
    )
    const others = fc.dictionary(fc.string({ minLength: 9, maxLength: 12 }), fc.jsonValue({ maxDepth: 1 }))
    fc.assert(
      fc.property(id, fc.string(), params, others, (id, method, params, others) => {
        const text = JSON.stringify({ ...others, jsonrpc: '2.0', id, method, params })
        const parsed = JSON.parse(text) as { id: unknown; params: unknown }
        expect(parseMessage(text)).toEqual({ kind: 'request', id: parsed.id, method, params: parsed.params })
      }),
    )
  })

  it.each([
    ['', 'nothing'],
    [' \r', 'nothing'],
    ['\ufeff', 'nothing'],
    ['\ufeff{"jsonrpc":"2.0","method":"x"}', 'notification'],
    ['{"jsonrpc":"2.0","method":"x","params":[]}', 'nothing'],
    ['{"jsonrpc":"2.0","id":1,"method":"x","params":null}', 'malformed'],
    ['{"jsonrpc":"2.0","id":null,"method":"x"}', 'malformed'],
    ['{"jsonrpc":"2.0","id":1,"result":{}}', 'response'],
    ['{"jsonrpc":"2.0","id":1,"error":{"code":1,"message":""}}', 'response'],
    ['{"jsonrpc":"2.0","id":1}', 'malformed'],
    ['{"jsonrpc":"2.0"}', 'malformed'],
    ['[]', 'malformed'],
    ['{"__proto__":{"jsonrpc":"2.0","method":"x"}}', 'malformed'],
  ])('takes %j for: %s', (text, kind) => {
    expect(parseMessage(text).kind).toBe(kind)
  })

  it.each([
    ['{"jsonrpc":"2.0","id":null,"error":{"code":-32700,"message":"Parse error"}}'],
    ['{"jsonrpc":"2.0","error":{"code":-32700,"message":"Parse error"}}'],
  ])('passes over %s: two sides that answer each other’s errors never end', text => {
    expect(parseMessage(text)).toEqual({ kind: 'nothing' })
  })

  it('takes an answer that says both yes and no for a no', () => {
    const error = { code: 1, message: 'no' }
    const both = { jsonrpc: '2.0', id: 1, result: { action: 'accept' }, error }
    expect(parseMessage(JSON.stringify(both))).toEqual({ kind: 'response', id: 1, error })
    // Older libraries say of each which it is not.
    const yes = { kind: 'response', id: 1, result: { action: 'accept' } }
    expect(parseMessage(JSON.stringify({ ...both, error: null }))).toEqual(yes)
  })
})
