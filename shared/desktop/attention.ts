/*
 * The one place that says how a person's attention is asked for.
 *
 * - The approval window comes by itself for a new request, without the focus: nobody's keys end up in it.
 * - Whoever put it off ("later") is not pestered by it: until nothing waits any more, or they open it again, new
 *   requests ring and mark the tray, and the window stays where it was put.
 * - A request rings once, when it comes; not while the window has the focus, since it is in the queue before their eyes.
 * - Where notifications cannot be shown the window comes, put off or not: it is all there is.
 * - Many at once ring once together, and once that is on the screen the tray alone counts on.
 */

/** How the approval window is at this moment. */
export type WindowAttention = 'hidden' | 'visible' | 'focused'

export type AttentionFacts = {
  /** Ids of what waits, oldest first. */
  waiting: readonly string[]
  /** Those that somebody was told of already. */
  told: ReadonlySet<string>
  window: WindowAttention
  /** The person hid the window while something waited. */
  isPutOff: boolean
  canNotify: boolean
  /** One notification for many is on the screen. */
  isManyTold: boolean
}

export type Attention = {
  /** Shows the window without the focus. */
  showWindow: boolean
  /** Those that each get a notification. */
  ring: string[]
  /** One notification for so many; 0 = none. */
  ringForMany: number
  /** Whether it is still put off afterwards. */
  isPutOff: boolean
}

/** More than so many would bury the rest of the screen. */
export const MOST_NOTIFICATIONS = 3

/** How to ask for attention after what waits has changed. */
export function attentionFor(facts: AttentionFacts): Attention {
  const { waiting, told, window, canNotify, isManyTold } = facts
  if (waiting.length === 0) return { showWindow: false, ring: [], ringForMany: 0, isPutOff: false }
  const { isPutOff } = facts
  const fresh = waiting.filter(id => !told.has(id))
  if (fresh.length === 0 || window === 'focused')
    return { showWindow: false, ring: [], ringForMany: 0, isPutOff }
  const showWindow = window === 'hidden' && (!isPutOff || !canNotify)
  if (!canNotify) return { showWindow, ring: [], ringForMany: 0, isPutOff: isPutOff && !showWindow }
  const isMany = waiting.length > MOST_NOTIFICATIONS
  const ringForMany = isMany && !isManyTold ? waiting.length : 0
  return { showWindow, ring: isMany ? [] : fresh, ringForMany, isPutOff }
}
