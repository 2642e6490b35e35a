import { GRACE_MS } from '../../../shared/approvals/grace.ts'

type Seen = { x: number; y: number; width: number; height: number; words: string; since: number }

/** Half a dot is no move: sizes are rounded while a window is drawn. */
const NO_MOVE = 1

/**
 * Which buttons have stood still long enough to be meant. One that has moved, come up or changed its words under the
 * pointer a moment ago may be clicked by somebody who meant what was there before.
 */
export class SteadyButtons {
  #seen = new Map<Element, Seen>()

  /** Looks where buttons are now; after every change of the page and of the window's size. */
  measure(buttons: Iterable<Element>, now: number): void {
    const seen = new Map<Element, Seen>()
    for (const button of buttons) {
      const { x, y, width, height } = button.getBoundingClientRect()
      const words = button.textContent ?? ''
      const before = this.#seen.get(button)
      const isSame =
        before !== undefined &&
        before.words === words &&
        Math.abs(before.x - x) < NO_MOVE &&
        Math.abs(before.y - y) < NO_MOVE &&
        Math.abs(before.width - width) < NO_MOVE &&
        Math.abs(before.height - height) < NO_MOVE
      seen.set(button, { x, y, width, height, words, since: isSame ? before.since : now })
    }
    this.#seen = seen
  }

  /** Whether a click at `now` on this button may be meant. What is not watched always is. */
  isSteady(button: Element, now: number): boolean {
    const seen = this.#seen.get(button)
    return seen === undefined || now >= seen.since + GRACE_MS
  }
}
