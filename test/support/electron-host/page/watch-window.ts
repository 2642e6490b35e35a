import type { FromPage } from './preload-modules.ts'

/*
 * Tells the main process what befalls the window of a page. Run in the isolated world as it stands, so it imports types
 * alone.
 */

export function watchWindow(tell: (message: FromPage) => void): void {
  window.addEventListener('resize', () => {
    const { screenX: x, screenY: y, outerWidth: width, outerHeight: height } = window
    tell({ kind: 'bounds', x, y, width, height })
  })
  document.addEventListener('DOMContentLoaded', () => {
    let title = ''
    const look = () => {
      if (document.title === title) return
      title = document.title
      tell({ kind: 'title', title })
    }
    look()
    new MutationObserver(look).observe(document.head, { childList: true, subtree: true, characterData: true })
  })
}
