/** How much of a page stays in view from one to the next, so that a reader finds the place. */
const OVERLAP = 40
const LINE = 40

/** Scrolls what is read by the key that was pressed, wherever the focus is. */
export function scrollBy(key: string): void {
  const scroller = readScroller()
  const page = Math.max(LINE, scroller.clientHeight - OVERLAP)
  const distances: Record<string, number> = {
    ArrowDown: LINE,
    ArrowUp: -LINE,
    PageDown: page,
    ' ': page,
    PageUp: -page,
    Home: -scroller.scrollHeight,
    End: scroller.scrollHeight,
  }
  scroller.scrollBy({ top: distances[key] ?? 0 })
}

/** In a window with little room the whole page scrolls, else what stands between header and decision. */
function readScroller(): Element {
  const main = document.querySelector('main')
  const page = document.scrollingElement ?? document.documentElement
  return main !== null && main.scrollHeight > main.clientHeight ? main : page
}
