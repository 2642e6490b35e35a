import { useEffect } from 'react'
import { focusHeading } from './page.tsx'

/** Whoever works by keyboard goes on at the heading when what had the focus is no longer there. */
export function useKeptFocus(): void {
  useEffect(() => {
    let last: Element | null = null
    const remember = (event: FocusEvent) => {
      last = event.target instanceof Element ? event.target : null
    }
    const observer = new MutationObserver(() => {
      const isLost = document.activeElement === null || document.activeElement === document.body
      if (!isLost || last === null || isThere(last)) return
      last = null
      focusHeading()
    })
    document.addEventListener('focusin', remember)
    observer.observe(document.body, {
      childList: true,
      subtree: true,
      attributes: true,
      attributeFilter: ['hidden', 'style'],
    })
    return () => {
      document.removeEventListener('focusin', remember)
      observer.disconnect()
    }
  }, [])
}

function isThere(element: Element): boolean {
  return element.isConnected && element.checkVisibility()
}
