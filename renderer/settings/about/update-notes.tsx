import type { FoundUpdate } from '../../../shared/updates/update-state.ts'
import { VisibleText } from '../../ui/visible-text.tsx'

/** What came with a version. It came from the network, so it is shown to the letter and as nothing but text. */
export function UpdateNotes({ update: { version, notes } }: { update: FoundUpdate }) {
  if (notes === '') return null
  return (
    <details className="more">
      <summary>What its release says</summary>
      <section className="snippet" aria-label={`What the release of version ${version} says`}>
        <VisibleText text={notes} />
      </section>
    </details>
  )
}
