/**
 * What was typed at something else must not decide on a request that has just come up: input is thrown away for a while
 * after it stands there, and every key that was thrown away begins that while anew. In milliseconds.
 */
export const GRACE_MS = 350

/** Input before this time, in milliseconds, does not count. */
export type QuietUntil = number

/** Until what is new has been drawn, nothing counts. */
export const NOT_DRAWN: QuietUntil = Number.POSITIVE_INFINITY

/** What is new has been drawn at `at`; drawn again, it is not new. */
export function onceDrawn(quietUntil: QuietUntil, at: number): QuietUntil {
  return quietUntil === NOT_DRAWN ? at + GRACE_MS : quietUntil
}

/** Input at `at` did not count, or meant nothing: whoever types seems to be somewhere else. */
export function onceAbsorbed(quietUntil: QuietUntil, at: number): QuietUntil {
  return Math.max(quietUntil, at + GRACE_MS)
}

/** Whether input at `at` counts. */
export function counts(quietUntil: QuietUntil, at: number): boolean {
  return at >= quietUntil
}
