import { type ReactNode, useState } from 'react'
import { liftable } from '../../../shared/desktop/held-back-words.ts'
import type { HeldBack } from '../../../shared/policy/held-back.ts'
import type { WritePolicy } from '../../../shared/policy/write-policy.ts'
import { useSurroundings } from '../shell/remote-context.ts'
import { isLoosening, type Loosened } from '../words/allow-words.ts'
import { AllowDialog } from './allow-dialog.tsx'

type Change = {
  before: WritePolicy | null
  after: WritePolicy | null
  loosened: Loosened
  /** Makes the change, and lifts the own limit of these integrations. */
  apply: (lift: readonly string[]) => void
}
type Question = { change: Change; held: readonly HeldBack[]; isLifted: boolean }

/** Applies a change of policy at once, or after the person has read what Allow means. */
export function useLoosening(): { change(change: Change): void; dialog: ReactNode } {
  const { remote } = useSurroundings()
  const [asked, setAsked] = useState<Question>()
  const ask = (change: Change, held: readonly HeldBack[]) => setAsked({ change, held, isLifted: true })
  return {
    change(change) {
      if (!isLoosening(change.before, change.after)) return change.apply([])
      // An integration's own limit is what is about to go.
      if (change.loosened.kind === 'integration') return ask(change, [])
      remote.policy({}).then(
        ({ heldBack = [] }) => ask(change, heldBack),
        // The change itself will say what is wrong.
        () => ask(change, []),
      )
    },
    dialog: (
      <AllowDialog
        loosened={asked?.change.loosened}
        held={asked?.held ?? []}
        isLifted={asked?.isLifted === true}
        onLift={isLifted => setAsked(before => before && { ...before, isLifted })}
        onNo={() => setAsked(undefined)}
        onYes={() => {
          setAsked(undefined)
          if (asked === undefined) return
          const { change, held, isLifted } = asked
          change.apply(isLifted ? liftable(held).map(({ integration }) => integration) : [])
        }}
      />
    ),
  }
}
