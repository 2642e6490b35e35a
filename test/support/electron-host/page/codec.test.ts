import { deepStrictEqual } from 'node:assert'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { decode, encode } from './codec.ts'

const anything = fc.anything({
  withBigInt: true,
  withDate: true,
  withMap: true,
  withSet: true,
  withTypedArray: true,
  withSparseArray: true,
})

it('what comes out is the structured clone of what went in', () => {
  fc.assert(
    fc.property(anything, value => {
      deepStrictEqual(decode(encode(value)), structuredClone(value))
    }),
    { numRuns: 300 },
  )
})

it('things that are one stay one, also where they contain themselves', () => {
  const shared = { bytes: new Uint8Array(new ArrayBuffer(8), 2, 3) }
  const value: Record<string, unknown> = { one: shared, two: shared, list: [shared] }
  value.self = value
  const back = decode(encode(value)) as typeof value & { one: typeof shared; list: unknown[] }
  expect(back.self).toBe(back)
  expect(back.one).toBe(back.two)
  expect(back.list[0]).toBe(back.one)
  expect([back.one.bytes.byteOffset, back.one.bytes.length, back.one.bytes.buffer.byteLength]).toEqual([
    2, 3, 8,
  ])
})

it('errors keep their name, message and cause', () => {
  const back = decode(encode(new RangeError('too much', { cause: new Date(1) }))) as Error
  expect(back).toBeInstanceOf(Error)
  expect([back.name, back.message, back.cause]).toEqual(['RangeError', 'too much', new Date(1)])
})

it('a key that is called __proto__ is a key', () => {
  const back = decode(encode(JSON.parse('{"__proto__":{"a":1}}'))) as object
  expect(Object.getPrototypeOf(back)).toBe(Object.prototype)
  expect(Object.keys(back)).toEqual(['__proto__'])
})

it.each([
  ['a function', () => 1],
  ['a symbol', { a: Symbol('x') }],
  ['a promise', [Promise.resolve()]],
])('%s is refused in the words of Electron', (_, value) => {
  expect(() => encode(value)).toThrow('An object could not be cloned.')
})
