/** The middle of measured values, and where the middle half of them lies. */
export type Spread = { n: number; q1: number; median: number; q3: number }

/** The value below which the given part (0 to 1) of all lies, between neighbours in proportion. */
export function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  const at = (sorted.length - 1) * part
  const below = sorted[Math.floor(at)] ?? Number.NaN
  const above = sorted[Math.ceil(at)] ?? Number.NaN
  return below + (above - below) * (at - Math.floor(at))
}

export function spread(values: readonly number[]): Spread {
  const [q1, median, q3] = [0.25, 0.5, 0.75].map(part => quantile(values, part))
  return { n: values.length, q1: q1 ?? Number.NaN, median: median ?? Number.NaN, q3: q3 ?? Number.NaN }
}

/** A figure that was counted rather than measured. */
export function exactly(value: number): Spread {
  return { n: 1, q1: value, median: value, q3: value }
}

/** Quotients of values that were measured side by side. */
export function pairedRatios(values: readonly number[], base: readonly number[]): number[] {
  return values.map((value, nth) => value / (base[nth] ?? Number.NaN))
}

/** Differences of values that were measured side by side. */
export function pairedDifferences(values: readonly number[], base: readonly number[]): number[] {
  return values.map((value, nth) => value - (base[nth] ?? Number.NaN))
}

/** Medians of so many neighbours each: what one interruption cannot move. */
export function blockMedians(values: readonly number[], size: number): number[] {
  const blocks = Math.max(1, Math.floor(values.length / size))
  return Array.from({ length: blocks }, (_, nth) => {
    const end = nth === blocks - 1 ? values.length : (nth + 1) * size
    return quantile(values.slice(nth * size, end), 0.5)
  })
}
