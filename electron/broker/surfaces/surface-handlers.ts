import type { SurfaceHandlers } from '../../../shared/protocol/surface-methods.ts'
import { accountHandlers } from './account-handlers.ts'
import { activityHandlers } from './activity-handlers.ts'
import { approvalHandlers } from './approval-handlers.ts'
import { policyHandlers } from './policy-handlers.ts'
import { type SurfaceContext, settingsOf } from './surface-context.ts'

/** What a surface's calls do. Whether it may call them was decided by the table before. */
export function surfaceHandlers(context: SurfaceContext): SurfaceHandlers {
  const { state, clients } = context
  return {
    status: () => ({
      ...context.status(),
      ceiling: settingsOf(context)?.ceiling ?? 'deny',
      clients: clients().length,
      pending: state.approvals.listing.count,
      surfaces: state.approvals.watching(),
      problems: state.problems(),
    }),
    clients,
    ...approvalHandlers(context),
    ...policyHandlers(context),
    ...accountHandlers(context),
    ...activityHandlers(context),
    stop() {
      // The answer goes out first.
      setImmediate(context.stop)
      return null
    },
  }
}
