import { type ReactNode, useState } from 'react'
import { Said } from '../../ui/said.tsx'
import { useSurroundings } from './remote-context.ts'
import { asFailure } from './use-question.ts'

/** Opens a page in the browser. */
export function LinkButton({ url, children }: { url: string; children: ReactNode }) {
  const { remote } = useSurroundings()
  const [why, setWhy] = useState<string>()
  const open = async () => {
    try {
      const opened = await remote.openLink({ url })
      setWhy(opened.kind === 'refused' ? opened.why : undefined)
    } catch (error) {
      setWhy(asFailure(error).message)
    }
  }
  return (
    <>
      <button type="button" className="link" onClick={open}>
        {children}
      </button>
      {why !== undefined && (
        <span role="alert" className="wrong">
          {' '}
          <Said text={why} />
        </span>
      )}
    </>
  )
}
