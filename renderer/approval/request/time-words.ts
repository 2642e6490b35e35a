import { EXTENSION_MS } from '../../../shared/approvals/transition.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND

/** How long ago a request was made, both in milliseconds: `12 s ago`, `3 min ago`. */
export function askedAgo(at: number, now: number): string {
  const passed = Math.max(0, now - at)
  if (!Number.isFinite(passed)) return 'some time ago'
  if (passed < 5 * SECOND) return 'just now'
  if (passed < MINUTE) return `${Math.floor(passed / SECOND)} s ago`
  return passed < 60 * MINUTE
    ? `${Math.floor(passed / MINUTE)} min ago`
    : `${Math.floor(passed / 60 / MINUTE)} h ago`
}

/** Time left as it is spoken: `3 minutes 48 seconds left`. */
export function spokenTimeLeft(until: number, now: number): string {
  const seconds = Math.max(0, Math.ceil((until - now) / SECOND))
  if (!Number.isFinite(seconds)) return 'no known end'
  if (seconds === 0) return 'no time left'
  const minutes = Math.floor(seconds / 60)
  const parts = [amount(minutes, 'minute'), amount(seconds % 60, 'second')].filter(part => part !== '')
  return `${parts.join(' ')} left`
}

function amount(number: number, unit: string): string {
  return number === 0 ? '' : `${number} ${unit}${number === 1 ? '' : 's'}`
}

/** When time left is spoken without being asked for: often enough to act, seldom enough to read in peace. */
const SPOKEN_AT = [60, 30, 10]

/** What to say as the time left goes from one second to the next; undefined where that is nothing. */
export function timeToSay(secondsBefore: number, secondsNow: number): string | undefined {
  const mark = SPOKEN_AT.find(at => secondsBefore > at && secondsNow <= at && secondsNow > 0)
  if (mark === undefined) return undefined
  return `${mark === 60 ? '1 minute' : `${mark} seconds`} left to decide.`
}

/** The part of a request's time that is left, 0 to 1. */
export function shareLeft(
  { askedAt, expiresAt }: { askedAt: number; expiresAt: number },
  now: number,
): number {
  const share = (expiresAt - now) / (expiresAt - askedAt)
  return Number.isFinite(share) ? Math.min(1, Math.max(0, share)) : 0
}

/** Whether to extend would gain any time: before that the end is further away than an extension. */
export function canExtend(expiresAt: number, now: number): boolean {
  return expiresAt - now < EXTENSION_MS
}
