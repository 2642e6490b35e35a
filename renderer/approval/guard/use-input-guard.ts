import { useEffect, useLayoutEffect, useState } from 'react'
import type { Desk } from '../desk/desk.ts'
import type { Wish } from '../desk/desk-wishes.ts'
import { scrollBy } from '../scroll-page.ts'
import { InputGuard } from './input-guard.ts'

/** Puts the guard before the page, and tells once what is new in it has been drawn in a visible window. */
export function useInputGuard(
  desk: Desk,
  wish: (wish: Wish) => void,
  onDrawn: (generation: number) => void,
): void {
  const [guard] = useState(
    () =>
      new InputGuard(document, {
        deny: () => wish({ kind: 'deny' }),
        later: () => wish({ kind: 'later' }),
        scroll: scrollBy,
      }),
  )
  useEffect(() => guard.start(), [guard])
  const { generation } = desk
  useLayoutEffect(() => {
    let frame = 0
    const whenDrawn = () => {
      cancelAnimationFrame(frame)
      guard.anew()
      if (document.visibilityState !== 'visible') return
      // The second frame begins once the first is on the screen.
      frame = requestAnimationFrame(() => {
        frame = requestAnimationFrame(() => {
          if (document.visibilityState !== 'visible') return
          guard.measure()
          guard.drawn()
          onDrawn(generation)
        })
      })
    }
    whenDrawn()
    // A window that comes up again is as new to its reader as one that was never there.
    document.addEventListener('visibilitychange', whenDrawn)
    return () => {
      cancelAnimationFrame(frame)
      document.removeEventListener('visibilitychange', whenDrawn)
    }
  }, [guard, generation, onDrawn])
}
