import type { SurfaceHandlers } from '../../../shared/protocol/surface-methods.ts'
import { recordChange, requireSettings, type SurfaceContext } from './surface-context.ts'

type Names = 'activity' | 'verifyActivity' | 'preferences' | 'setPreferences'

/** The audit, and what a person prefers of it. */
export function activityHandlers(context: SurfaceContext): Pick<SurfaceHandlers, Names> {
  const { audit, settings } = context.state
  return {
    activity: ({ filter, before, limit }) => audit.readBack(filter, limit, before ?? undefined),
    verifyActivity: () => audit.verify(),
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
