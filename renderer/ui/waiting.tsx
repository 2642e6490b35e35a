import { useEffect, useState } from 'react'

/** What answers sooner than this is there before anybody looks for it. */
const NOTICED_MS = 300

/** Shows that something is awaited, once it takes long enough to be noticed. */
export function Waiting({ what = 'Loading…' }: { what?: string }) {
  const [isNoticed, setNoticed] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setNoticed(true), NOTICED_MS)
    return () => clearTimeout(timer)
  }, [])
  return (
    <div className="waiting" role="status">
      {isNoticed && (
        <>
          <span className="spinner" aria-hidden="true" />
          {what}
        </>
      )}
    </div>
  )
}
