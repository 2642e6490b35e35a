const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** How long ago `at` was, both in milliseconds since 1970, in a word or two. */
export function ago(at: number, now: number): string {
  if (!Number.isFinite(at)) return 'unknown'
  const passed = now - at
  // A clock that was set back is nothing to worry a reader with.
  if (passed < MINUTE) return 'just now'
  if (passed < HOUR) return `${Math.floor(passed / MINUTE)} min ago`
  if (passed < DAY) return `${Math.floor(passed / HOUR)} h ago`
  const days = Math.floor(passed / DAY)
  if (days === 1) return 'yesterday'
  return days < 31 ? `${days} days ago` : day(at)
}

/** How long until `at`, in whole minutes: it is for orientation, not for counting down. */
export function left(at: number, now: number): string {
  const remains = at - now
  if (!(remains > 0)) return 'time is up'
  if (remains < MINUTE) return 'less than a minute left'
  if (remains < HOUR) return `${Math.round(remains / MINUTE)} min left`
  return `${Math.round(remains / HOUR)} h left`
}

const DAYS = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium' })
const EXACT = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium' })
const CLOCK = new Intl.DateTimeFormat('en-GB', { timeStyle: 'short' })

function day(at: number): string {
  return isTime(at) ? DAYS.format(at) : 'unknown'
}

/** The whole date and time on this machine's clock. */
export function exact(at: number): string {
  return isTime(at) ? EXACT.format(at) : 'unknown'
}

/** Hours and minutes on this machine's clock. */
export function clock(at: number): string {
  return isTime(at) ? CLOCK.format(at) : 'unknown'
}

function isTime(at: number): boolean {
  return Math.abs(at) <= 8.64e15
}
