import * as z from 'zod'
import { updateStateSchema } from '../updates/update-state.ts'
import { defineMethods } from './method-table.ts'

/* Newer versions of the app. Nothing is fetched, and nothing is installed, that nobody has clicked on. */

const nothing = z.strictObject({})

const updatesSchema = z.strictObject({
  state: updateStateSchema,
  /** Looks once a day by itself. */
  daily: z.boolean(),
  /** Why it cannot be installed at this moment, as a sentence; null where it can. */
  held: z.string().nullable(),
  /** Whether it can be installed when the app is quit: not on macOS, which starts it again. */
  canWaitForQuit: z.boolean(),
})

export type Updates = z.infer<typeof updatesSchema>

export const updateMethods = defineMethods({
  updates: { params: nothing, result: updatesSchema },
  setDailyLook: { params: z.strictObject({ on: z.boolean() }), result: updatesSchema },
  /** Looks for a newer version; the answer is how it stands then. */
  lookForUpdates: { params: nothing, result: updatesSchema },
  /** Begins to download what was found; `changed` tells of its progress. */
  downloadUpdate: { params: nothing, result: updatesSchema },
  /** Now, which ends the app; or when it is quit; or not at all. Refused while something waits or is being sent. */
  installUpdate: {
    params: z.strictObject({ when: z.enum(['now', 'quit', 'never']) }),
    result: updatesSchema,
  },
})
