import type { Figure } from './section.ts'
import type { Spread } from './stats.ts'

/** A ratio as it was recorded; `bound` says which way would be worse. */
export type Bound = Spread & { bound: 'most' | 'least' }

/** By the name of the figure. */
export type Bounds = Readonly<Record<string, Bound>>

/** Of what was measured, this much is noise whatever one run's spread says; in what was counted, times and ids differ. */
const NOISE = 0.05
const NOISE_OF_COUNTED = 0.01

/** Every ratio of ours that is to be kept, as bounds. */
export function boundsOf(figures: readonly Figure[], program: string): Record<string, Bound> {
  const kept = figures.flatMap(({ id, program: whose, value, bound }): [string, Bound][] =>
    bound === undefined || whose !== program || Number.isNaN(value.median) ? [] : [[id, { ...value, bound }]],
  )
  return Object.fromEntries(kept)
}

/**
 * What became worse, a line each: a ratio that is off its bound by more than the larger of both spreads, or that was
 * recorded and is not measured any more. @param isExpected whether this run should have measured a figure
 */
export function compareWithBounds(
  recorded: Bounds,
  measured: Bounds,
  isExpected: (id: string) => boolean,
): string[] {
  return Object.entries(recorded).flatMap(([id, bound]) => {
    const now = measured[id]
    if (now === undefined) return isExpected(id) ? [`${id}: was recorded and is not measured any more`] : []
    const worse = bound.bound === 'most' ? now.median - bound.median : bound.median - now.median
    const allowed = Math.max(tolerance(bound), tolerance(now))
    if (worse <= allowed) return []
    const way = bound.bound === 'most' ? 'above' : 'below'
    return [
      `${id}: ${short(now.median)} is ${way} the recorded ${short(bound.median)} by more than its spread (${short(allowed)})`,
    ]
  })
}

function tolerance({ n, q1, q3, median }: Spread): number {
  return n === 1 ? median * NOISE_OF_COUNTED : Math.max(q3 - q1, median * NOISE)
}

function short(value: number): string {
  return value.toFixed(3).replace(/0$/, '')
}
