/** Random numbers that are the same for the same seed (mulberry32). */
export type Dice = {
  /** From 0 to below 1. */
  next(): number
  /** A whole number from 0 to below `sides`. */
  roll(sides: number): number
}

export function dice(seed: number): Dice {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  return { next, roll: sides => Math.floor(next() * sides) }
}
