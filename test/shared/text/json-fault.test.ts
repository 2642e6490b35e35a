import fc from 'fast-check'
import { expect, it } from 'vitest'
import { jsonFault } from '../../../shared/text/json-fault.ts'

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

it('finds a fault exactly where the engine finds one', () => {
  const near = fc
    .tuple(
      fc.json(),
      fc.nat(),
      fc.nat(2),
      fc.constantFrom('', ',', '}', ']', '"', '\\', ':', '0', '-', '\n', ' ', 'e'),
    )
    .map(([json, at, gone, put]) => {
      const cut = at % (json.length + 1)
      return json.slice(0, cut) + put + json.slice(cut + gone)
    })
  const letters = fc.string({ unit: fc.constantFrom(...'{}[]",:\\ \n01.-+eEtrufalsn\u0001\u007f\u{1f600}') })
  fc.assert(
    fc.property(fc.oneof(fc.json(), near, letters, fc.string({ unit: 'binary' })), text => {
      expect([jsonFault(text) === undefined, text]).toEqual([isJson(text), text])
    }),
    { numRuns: 20_000 },
  )
})

it.each([
  ['', 1, 1],
  ['{\n  "a": 1,\n}', 3, 1],
  ['{\n  "a": yes\n}', 2, 8],
  ['{"a": 1', 1, 8],
  ['{"a" 1}', 1, 6],
  ["{'a': 1}", 1, 2],
  ['{"a": 1} x', 1, 10],
  ['[1 2]', 1, 4],
  ['// no\n{}', 1, 1],
])('%j stops being JSON at line %i, column %i', (text, line, column) => {
  expect(jsonFault(text)).toEqual({ line, column })
})

it('a long text is no trouble', () => {
  expect(jsonFault(`"${'a'.repeat(999_000)}"`)).toBeUndefined()
  expect(jsonFault(`"${'a'.repeat(999_000)}`)).toEqual({ line: 1, column: 1 })
  expect(jsonFault('['.repeat(999_000))).toEqual({ line: 1, column: 999_001 })
})
