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
    PageDown: untilEnd(page),
    ' ': untilEnd(page),
    PageUp: -page,
    Home: -scroller.scrollHeight,
    End: untilEnd(scroller.scrollHeight),
  }
  scroller.scrollBy({ top: distances[key] ?? 0 })
}

/** Brings more of what is read into view, or its end where somebody has scrolled past that. */
export function showMore(): void {
  const end = endMark()
  if (end !== undefined && end.getBoundingClientRect().bottom < 0) end.scrollIntoView({ block: 'center' })
  else scrollBy('PageDown')
}

/** In a window with little room the decision stands below the text, and the end of that is not jumped over. */
function untilEnd(distance: number): number {
  const end = endMark()
  if (end === undefined || readScroller() !== pageScroller()) return distance
  const left = end.getBoundingClientRect().bottom - window.innerHeight
  return left > 0 ? Math.min(distance, left) : distance
}

function endMark(): Element | undefined {
  return document.querySelector('.end-mark') ?? undefined
}

/** In a window with little room the whole page scrolls, else what stands between header and decision. */
function readScroller(): Element {
  const main = document.querySelector('main')
  const scrolls = main !== null && getComputedStyle(main).overflowY !== 'visible'
  return scrolls ? main : pageScroller()
}

function pageScroller(): Element {
  return document.scrollingElement ?? document.documentElement
}
