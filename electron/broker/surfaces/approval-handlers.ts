import type { SurfaceHandlers } from '../../../shared/protocol/surface-methods.ts'
import { personOf, type SurfaceContext } from './surface-context.ts'

type Names = 'listApprovals' | 'watchApprovals' | 'reportShown' | 'answer' | 'decision' | 'extend'

/** What waits for a person, and their answers. */
export function approvalHandlers(context: SurfaceContext): Pick<SurfaceHandlers, Names> {
  const { kind, state, startWatching } = context
  const { approvals } = state
  return {
    listApprovals: which => approvals.listing.page(which),
    watchApprovals() {
      startWatching()
      return approvals.listing.window()
    },
    reportShown({ ids }) {
      approvals.shown(ids, kind)
      return null
    },
    answer: ({ id, answer }) => approvals.answer(id, answer, personOf(context)),
    decision: ({ id }) => approvals.decision(id),
    extend: ({ id }) => approvals.extend(id),
  }
}
