const DAY_MS = 24 * 60 * 60_000

export type DailyLook = {
  /** Whether the person wants it. */
  isOn: boolean
  /** When it was looked last, in milliseconds; null where it never was. */
  last: number | null
  now: number
}

/** Whether it is time to look for a newer version. A clock that was set back is no reason to wait for years. */
export function isLookDue({ isOn, last, now }: DailyLook): boolean {
  if (!isOn) return false
  return last === null || now - last >= DAY_MS || last > now
}
