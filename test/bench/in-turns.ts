/** What was measured of one way, a value a round in each list. */
export type Series = Record<string, number[]>

/**
 * Measures every way once a round, forwards and backwards in turns, so that what the machine does besides meets all
 * alike and values of the same round are pairs. A round before the first warms up and is not counted.
 */
export async function inTurns<Way>(
  ways: readonly Way[],
  rounds: number,
  measure: (way: Way) => Promise<Record<string, number>>,
): Promise<Map<Way, Series>> {
  const all = new Map<Way, Series>(ways.map(way => [way, {}]))
  for (let nth = -1; nth < rounds; nth++) {
    for (const way of nth % 2 === 0 ? ways : ways.toReversed()) {
      const measured = await measure(way)
      const series = all.get(way)
      if (nth < 0 || series === undefined) continue
      for (const [name, value] of Object.entries(measured)) series[name] = [...(series[name] ?? []), value]
    }
  }
  return all
}

/** Milliseconds that something takes. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await work()
  return performance.now() - began
}
