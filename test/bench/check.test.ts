import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type Bound, boundsOf, compareWithBounds } from './check.ts'
import type { Figure } from './section.ts'
import { exactly, spread } from './stats.ts'

const everything = () => true
const measured = (bound: 'most' | 'least', q1: number, median: number, q3: number): Bound => {
  return { bound, n: 9, q1, median, q3 }
}

it('a ratio that is worse by more than the larger spread is told, in either direction', () => {
  const recorded = { a: measured('most', 1, 1.1, 1.2), b: measured('least', 0.4, 0.5, 0.6) }
  const now = { a: measured('most', 1.3, 1.31, 1.32), b: measured('least', 0.28, 0.29, 0.3) }
  expect(compareWithBounds(recorded, now, everything)).toEqual([
    'a: 1.31 is above the recorded 1.10 by more than its spread (0.20)',
    'b: 0.29 is below the recorded 0.50 by more than its spread (0.20)',
  ])
})

it('what is better, or worse within the spread of either run, is not', () => {
  const recorded = { a: measured('most', 1, 1.1, 1.2), b: measured('least', 0.5, 0.5, 0.5) }
  const near = { a: measured('most', 1.28, 1.29, 1.3), b: measured('least', 0.3, 0.35, 0.5) }
  const better = { a: measured('most', 0.1, 0.1, 0.1), b: measured('least', 9, 9, 9) }
  expect(compareWithBounds(recorded, near, everything)).toEqual([])
  expect(compareWithBounds(recorded, better, everything)).toEqual([])
})

it('a twentieth is noise in what was measured, and a hundredth in what was counted', () => {
  const counted = (value: number): Bound => ({ bound: 'most', ...exactly(value) })
  expect(
    compareWithBounds(
      { a: measured('most', 2, 2, 2) },
      { a: measured('most', 2.09, 2.09, 2.09) },
      everything,
    ),
  ).toEqual([])
  expect(compareWithBounds({ a: counted(2) }, { a: counted(2.03) }, everything)).toHaveLength(1)
  expect(compareWithBounds({ a: counted(2) }, { a: counted(2.01) }, everything)).toEqual([])
})

it('what is not measured any more is told, unless this run could not', () => {
  const recorded = { a: measured('most', 1, 1, 1) }
  expect(compareWithBounds(recorded, {}, everything)).toEqual([
    'a: was recorded and is not measured any more',
  ])
  expect(compareWithBounds(recorded, {}, () => false)).toEqual([])
})

it('only ratios of ours are kept', () => {
  const value = spread([1, 2, 3])
  const figures: Figure[] = [
    { id: 'ratio', program: 'kosmo', value, bound: 'most' },
    { id: 'milliseconds', program: 'kosmo', value },
    { id: 'theirs', program: 'other', value, bound: 'most' },
    { id: 'nothing', program: 'kosmo', value: spread([]), bound: 'most' },
  ]
  expect(boundsOf(figures, 'kosmo')).toEqual({ ratio: { ...value, bound: 'most' } })
})

it('a run is never worse than itself', () => {
  const values = fc.array(fc.double({ min: 0.01, max: 100, noNaN: true }), { minLength: 1, maxLength: 20 })
  fc.assert(
    fc.property(values, fc.constantFrom('most' as const, 'least' as const), (all, bound) => {
      const own = { a: { ...spread(all), bound } }
      expect(compareWithBounds(own, own, everything)).toEqual([])
    }),
  )
})
