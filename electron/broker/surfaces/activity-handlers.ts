import type { SurfaceHandlers } from '../../../shared/protocol/surface-methods.ts'
import { lookBack } from '../audit/look-back.ts'
import { recordChange, requireSettings, type SurfaceContext } from './surface-context.ts'

type Names = 'activity' | 'verifyActivity' | 'verifyProgress' | 'preferences' | 'setPreferences'

/** The audit, and what a person prefers of it. */
export function activityHandlers(context: SurfaceContext): Pick<SurfaceHandlers, Names> {
  const { audit, settings } = context.state
  let progress: { done: number; total: number } | null = null
  return {
    activity: ({ filter, before, limit }) => lookBack(audit, filter, limit, before ?? undefined),
    async verifyActivity() {
      try {
        return await audit.verify((done, total) => {
          progress = { done, total }
        })
      } finally {
        progress = null
      }
    },
    verifyProgress: () => progress,
    preferences() {
      const { waitSeconds, auditText } = requireSettings(context)
      return { waitSeconds: waitSeconds ?? null, auditText }
    },
    setPreferences({ waitSeconds, auditText }) {
      settings.change(({ waitSeconds: _, ...rest }) => ({
        ...rest,
        auditText,
        ...(waitSeconds !== null && { waitSeconds }),
      }))
      const wait = waitSeconds === null ? 'as known' : `${waitSeconds} s`
      recordChange(context, `wait ${wait}, texts ${auditText ? 'kept' : 'not kept'}`, 'preferences')
      return null
    },
  }
}
