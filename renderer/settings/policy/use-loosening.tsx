import { type ReactNode, useState } from 'react'
import type { WritePolicy } from '../../../shared/policy/write-policy.ts'
import { isLoosening, type Loosened } from '../words/allow-words.ts'
import { AllowDialog } from './allow-dialog.tsx'

type Change = { before: WritePolicy | null; after: WritePolicy | null; loosened: Loosened; apply: () => void }

/** Applies a change of policy at once, or after the person has read what Allow means. */
export function useLoosening(): { change(change: Change): void; dialog: ReactNode } {
  const [asked, setAsked] = useState<Change>()
  return {
    change(change) {
      if (isLoosening(change.before, change.after)) setAsked(change)
      else change.apply()
    },
    dialog: (
      <AllowDialog
        loosened={asked?.loosened}
        onNo={() => setAsked(undefined)}
        onYes={() => {
          setAsked(undefined)
          asked?.apply()
        }}
      />
    ),
  }
}
