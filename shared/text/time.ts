const LATEST = 8.64e15

const DAY_MS = 86_400_000

/** The last day that was written, up to its `T`. */
let lastDay = { nth: Number.NaN, text: '' }

/** Milliseconds since 1970 as exact UTC, e.g. `2026-11-22T17:00:00.123Z`; what is no time becomes `unknown`. */
export function exactTime(milliseconds: number): string {
  if (!Number.isFinite(milliseconds) || Math.abs(milliseconds) > LATEST) return 'unknown'
  const whole = Math.trunc(milliseconds)
  const nth = Math.floor(whole / DAY_MS)
  // A list is of few days, and `toISOString` took half of what it takes to describe a post.
  if (nth !== lastDay.nth) lastDay = { nth, text: dayOf(nth) }
  const left = whole - nth * DAY_MS
  const [hours, minutes] = [Math.floor(left / 3_600_000), Math.floor(left / 60_000) % 60]
  const seconds = Math.floor(left / 1_000) % 60
  return `${lastDay.text}${two(hours)}:${two(minutes)}:${two(seconds)}.${String(left % 1_000).padStart(3, '0')}Z`
}

function dayOf(nth: number): string {
  const text = new Date(nth * DAY_MS).toISOString()
  return text.slice(0, text.indexOf('T') + 1)
}

function two(count: number): string {
  return count < 10 ? `0${count}` : String(count)
}

export type ParsedTime = { kind: 'time'; at: number; note?: string } | { kind: 'not-a-time'; why: string }

const UNITS: Record<string, number> = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 }

/** Below this an epoch number can only be seconds: as milliseconds it would lie before 1973. */
const SECONDS_BELOW = 100_000_000_000

/** Seconds of 2001: less is a year or a day, and no point in time that anybody means. */
const EARLIEST_SECONDS = 1_000_000_000

const ISO = /^(\d{4})-(\d{2})-(\d{2})([T ]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?( ?(Z|[+-]\d{2}:?\d{2}))?)?$/i

/**
 * Reads a point in time as people and models write it: ISO (`2026-11-22`, `2026-11-22T09:30Z`; no zone = UTC),
 * an age (`30m`, `2h`, `3d`, `1w`), epoch milliseconds, or epoch seconds, which are converted and said so.
 * A time in the future is refused: it would list nothing.
 */
export function parseTime(input: string | number, now: number): ParsedTime {
  const text = String(input).trim()
  const age = /^(\d{1,6})\s*(m|min|h|d|w)$/i.exec(text)
  if (age?.[1] !== undefined && age[2] !== undefined) {
    const unit = UNITS[age[2].toLowerCase().slice(0, 1)] ?? 0
    return { kind: 'time', at: Math.max(0, now - Number(age[1]) * unit) }
  }
  if (/^\d{1,16}$/.test(text)) return fromEpoch(Number(text), now)
  if (isDay(ISO.exec(text))) {
    const at = Date.parse(withZone(text))
    if (Number.isFinite(at)) return notInFuture(at, now)
  }
  return {
    kind: 'not-a-time',
    why: 'write an ISO time such as 2026-11-22T09:30Z, or an age such as 2h or 3d',
  }
}

/** JavaScript takes 30 February for 2 March. */
function isDay(match: RegExpExecArray | null): boolean {
  if (match === null) return false
  const [, year, month, day] = match.map(Number)
  return day !== undefined && day <= new Date(Date.UTC(year ?? 0, month ?? 0, 0)).getUTCDate()
}

function withZone(text: string): string {
  const iso = text
    .replace(/^(\S{10}) /, '$1T')
    .replace(/ /g, '')
    .toUpperCase()
  if (!iso.includes('T')) return iso
  return /(Z|[+-]\d{2}:?\d{2})$/.test(iso.slice(11)) ? iso : `${iso}Z`
}

function fromEpoch(epoch: number, now: number): ParsedTime {
  if (epoch === 0)
    return { kind: 'not-a-time', why: '0 is not a time: leave it out to start at the newest posts' }
  if (epoch < EARLIEST_SECONDS) return { kind: 'not-a-time', why: 'write a whole date such as 2026-11-22' }
  if (epoch >= SECONDS_BELOW) return notInFuture(epoch, now)
  const parsed = notInFuture(epoch * 1000, now)
  return parsed.kind === 'time' ? { ...parsed, note: 'since was read as seconds' } : parsed
}

function notInFuture(at: number, now: number): ParsedTime {
  // A server's clock may run a little ahead of ours.
  if (at > now + 300_000) return { kind: 'not-a-time', why: 'that time is in the future' }
  return { kind: 'time', at }
}
