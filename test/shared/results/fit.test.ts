import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fitResult, itemCharacters, type Rendered } from '../../../shared/results/fit.ts'
import { MIN_RESULT_CHARACTERS } from '../../../shared/results/limits.ts'

type Output = { items: string[]; left?: number }

const text = ({ items, left = 0 }: Output): string =>
  `${items.join('\n')}${left > 0 ? `\n${left} left out` : ''}`

function fitted(items: string[], maxCharacters: number): Rendered {
  const output = { items }
  const keep = (count: number): Output => ({ items: items.slice(0, count), left: items.length - count })
  return fitResult({ output, cut: { size: items.length, keep } }, text, maxCharacters)
}

const wire = ({ structured, text }: Rendered): number =>
  JSON.stringify({ content: [{ type: 'text', text }], structuredContent: structured }).length

function fits(rendered: Rendered, maxCharacters: number): boolean {
  return (
    rendered.text.length <= 10_000 &&
    JSON.stringify(rendered.structured).length <= 10_000 &&
    wire(rendered) <= maxCharacters
  )
}

const items = fc.array(
  fc.oneof(fc.string({ maxLength: 200 }), fc.constant('"'.repeat(500)), fc.constant('ä'.repeat(1_500))),
  {
    maxLength: 60,
  },
)
const limit = fc.integer({ min: MIN_RESULT_CHARACTERS, max: 60_000 })

describe('fitResult', () => {
  it('never exceeds its limits, and one more piece would', () => {
    fc.assert(
      fc.property(items, limit, (given, max) => {
        const rendered = fitted(given, max)
        expect(fits(rendered, max)).toBe(true)
        const { items: kept } = rendered.structured as Output
        if (kept.length === given.length) return
        const left = given.length - kept.length - 1
        const more = { items: given.slice(0, kept.length + 1), ...(left > 0 && { left }) }
        expect(fits({ structured: more, text: text(more) }, max)).toBe(false)
      }),
    )
  })

  it('is cut to fit by its text too, where that is the longer form', () => {
    const given = Array.from({ length: 60 }, (_, nth) => `item ${nth}`)
    const wordy = ({ items: kept }: Output) => kept.map(item => `${item} `.repeat(50)).join('\n')
    const keep = (count: number): Output => ({ items: given.slice(0, count) })
    const rendered = fitResult({ output: { items: given }, cut: { size: 60, keep } }, wordy, 60_000)
    const kept = (rendered.structured as Output).items
    expect(rendered.text).toBe(wordy({ items: kept }))
    expect(rendered.text.length).toBeLessThanOrEqual(10_000)
    expect(wordy({ items: given.slice(0, kept.length + 1) }).length).toBeGreaterThan(10_000)
  })

  it('gives the whole result untouched where it fits', () => {
    expect(fitted(['a', 'b'], 1_000)).toEqual({ structured: { items: ['a', 'b'] }, text: 'a\nb' })
  })

  it('holds the same pieces in both forms', () => {
    fc.assert(
      fc.property(items, limit, (given, max) => {
        const rendered = fitted(given, max)
        expect(rendered.text).toBe(text(rendered.structured as Output))
      }),
    )
  })

  it('gives a result that cannot be cut as it is', () => {
    const output = { items: ['x'.repeat(20_000)] }
    expect(fitResult({ output }, text, 1_000).structured).toBe(output)
  })

  it('gives pieces with less of each where not one fits whole', () => {
    const pieces = ['x'.repeat(9_000), 'y'.repeat(9_000)]
    const keep = (count: number, itemChars: number): Output => ({
      items: pieces.slice(0, count).map(piece => piece.slice(0, itemChars)),
      left: pieces.length - count,
    })
    const rendered = fitResult({ output: { items: pieces }, cut: { size: 2, keep } }, text, 1_000)
    expect(fits(rendered, 1_000)).toBe(true)
    expect((rendered.structured as Output).items.map(item => item.length)).toEqual([60, 60])
  })

  it('gives a program everything, up to the limit of the whole', () => {
    const items = Array.from({ length: 40 }, () => 'x'.repeat(2_000))
    const keep = (count: number): Output => ({ items: items.slice(0, count), left: items.length - count })
    const result = { output: { items }, cut: { size: items.length, keep } }
    expect(fitResult(result, text, 400_000, 'program').structured).toEqual({ items })
    const cut = fitResult(result, text, 50_000, 'program')
    expect(wire(cut)).toBeLessThanOrEqual(50_000)
    expect(cut.structured).toMatchObject({ left: expect.any(Number) })
    expect(itemCharacters(50_000, 'program')).toBe(50_000)
  })

  it('gives no piece where not one fits', () => {
    expect(fitted(['x'.repeat(20_000)], 50_000)).toEqual({
      structured: { items: [], left: 1 },
      text: '\n1 left out',
    })
  })
})

describe('itemCharacters', () => {
  it('leaves room for four items and what stands around them, and never more than 1,500', () => {
    fc.assert(
      fc.property(limit, max => {
        const characters = itemCharacters(max)
        expect(characters).toBeGreaterThanOrEqual(60)
        expect(characters).toBeLessThanOrEqual(1_500)
        if (characters > 60) expect(characters * 4 + 800).toBeLessThanOrEqual(max)
      }),
    )
    expect(itemCharacters(50_000)).toBe(1_500)
    expect(itemCharacters(MIN_RESULT_CHARACTERS)).toBe(60)
  })
})
