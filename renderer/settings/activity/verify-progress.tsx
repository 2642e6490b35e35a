import { useEffect, useState } from 'react'
import { useSurroundings } from '../shell/remote-context.ts'

/** What is over sooner needs no bar. */
const NOTICED_MS = 1_000
const EVERY_MS = 400

/** How far verifying the log is, in hundredths; nothing where it takes no time to speak of. */
export function VerifyProgress() {
  const { remote } = useSurroundings()
  const [percent, setPercent] = useState<number>()
  useEffect(() => {
    let isOver = false
    let timer = setTimeout(ask, NOTICED_MS)
    function ask(): void {
      remote.verifyProgress({}).then(
        progress => {
          if (isOver) return
          if (progress !== null) setPercent(Math.floor((progress.done / Math.max(1, progress.total)) * 100))
          timer = setTimeout(ask, EVERY_MS)
        },
        // The verifying itself says what is wrong.
        () => undefined,
      )
    }
    return () => {
      isOver = true
      clearTimeout(timer)
    }
  }, [remote])
  if (percent === undefined) return null
  return (
    <div className="verify-progress muted">
      <progress aria-label="Verifying the log" max={100} value={percent} />
      {percent} % of the log
    </div>
  )
}
