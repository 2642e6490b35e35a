import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readToolCall } from '../../../../electron/gateway/stdio/tool-call-params.ts'

describe('readToolCall', () => {
  it('never throws, and gives only name, arguments and _meta', () => {
    const given = fc.record(
      {
        name: fc.oneof(fc.string(), fc.jsonValue({ maxDepth: 1 })),
        arguments: fc.oneof(fc.object({ maxDepth: 1 }), fc.jsonValue({ maxDepth: 1 })),
        _meta: fc.oneof(
          fc.record({ progressToken: fc.jsonValue({ maxDepth: 1 }) }),
          fc.jsonValue({ maxDepth: 1 }),
        ),
        task: fc.jsonValue({ maxDepth: 1 }),
      },
      { requiredKeys: [], noNullPrototype: true },
    )
    fc.assert(
      fc.property(given, params => {
        const read = readToolCall(params)
        if (read.kind === 'refused') {
          expect(read.error.code).toBe(-32602)
          return
        }
        const { name, arguments: args, _meta: meta, ...others } = read.params
        expect(others).toEqual({})
        expect(name).toBe(params.name)
        expect(args).toEqual(params.arguments ?? {})
        if (meta === undefined) return
        const { progressToken } = meta as { progressToken?: unknown }
        expect(['string', 'number', 'undefined']).toContain(typeof progressToken)
      }),
    )
  })

  it.each([[0], [''], ['token'], [-1]])('keeps the progress token %j', progressToken => {
    expect(readToolCall({ name: 'x', _meta: { progressToken, callId: 'c' } })).toMatchObject({
      params: { _meta: { progressToken, callId: 'c' } },
    })
  })

  it.each([[1.5], [null], [{}], [true], [2 ** 60]])(
    'leaves out the progress token %j, not the call',
    token => {
      const read = readToolCall({ name: 'x', _meta: { progressToken: token, callId: 'c', other: 1 } })
      expect(read).toEqual({ kind: 'call', params: { name: 'x', arguments: {}, _meta: { callId: 'c' } } })
    },
  )

  it.each([
    [undefined, /name/],
    [{}, /name/],
    [{ name: 1 }, /name/],
    [{ name: 'x', arguments: [] }, /arguments/],
    [{ name: 'x', arguments: null }, /arguments/],
    [{ name: 'x', _meta: null }, /_meta/],
  ])('refuses %j and names the part', (params, part) => {
    expect(readToolCall(params)).toEqual({
      kind: 'refused',
      error: { code: -32602, message: expect.stringMatching(part) },
    })
  })
})
