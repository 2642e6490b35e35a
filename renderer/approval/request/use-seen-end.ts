import { type RefObject, useEffect } from 'react'

/**
 * Calls `onSeen` once the end of what is shown has been in view. Anew for every `of`: where the end stands in view
 * from the beginning, that counts at once.
 */
export function useSeenEnd(end: RefObject<Element | null>, of: string, onSeen: () => void): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: another text has another end
  useEffect(() => {
    const element = end.current
    if (element === null) return undefined
    const observer = new IntersectionObserver(entries => {
      if (document.visibilityState === 'visible' && entries.some(({ isIntersecting }) => isIntersecting))
        onSeen()
    })
    // Told anew about a window that comes up: what stands in view of a hidden one was seen by nobody.
    const look = () => {
      observer.unobserve(element)
      observer.observe(element)
    }
    look()
    document.addEventListener('visibilitychange', look)
    return () => {
      observer.disconnect()
      document.removeEventListener('visibilitychange', look)
    }
  }, [end, of, onSeen])
}
