import * as z from 'zod'
import { COMMAND_STATES } from '../install/outside-plan.ts'
import { defineMethods } from './method-table.ts'

/* What we put outside our own folder: shown first, and only what was shown is done. */

const nothing = z.strictObject({})
const fingerprint = z.string().min(1).max(128)

const lineSchema = z.strictObject({ kind: z.enum(['added', 'removed']), text: z.string() })

/** A file, or something else of the system's, that changes. */
const partSchema = z.strictObject({
  title: z.string(),
  path: z.string(),
  lines: z.array(lineSchema),
  /** Why it stays as it is, where it does. */
  stays: z.string().nullable(),
})

const planSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('plan'),
    fingerprint,
    parts: z.array(partSchema),
    /** What a person should know before they say yes. */
    notes: z.array(z.string()),
  }),
  /** There is nothing to change. */
  z.strictObject({ kind: z.literal('nothing'), said: z.string(), notes: z.array(z.string()) }),
  z.strictObject({ kind: z.literal('refused'), why: z.string() }),
])

const appliedSchema = z.strictObject({
  /** A sentence each. */
  done: z.array(z.string()),
  /** What could not be done, a sentence each. */
  failed: z.array(z.string()),
})

/** How `kosmo` stands on the PATH of a terminal. */
const commandSchema = z.strictObject({
  state: z.enum(COMMAND_STATES),
  said: z.string(),
  /** Whether there is something to write, or to take away. */
  canInstall: z.boolean(),
  canRemove: z.boolean(),
})

export type OutsideAction = 'command' | 'no-command' | 'everything'
export type OutsideView = z.infer<typeof planSchema>
export type OutsideApplied = z.infer<typeof appliedSchema>
export type ShellCommand = z.infer<typeof commandSchema>

export const installMethods = defineMethods({
  shellCommand: { params: nothing, result: commandSchema },
  /** `command` puts `kosmo` on the PATH, `no-command` takes it off, `everything` undoes all that is outside our folder. */
  planOutside: {
    params: z.strictObject({ action: z.enum(['command', 'no-command', 'everything']) }),
    result: planSchema,
  },
  /** Does what the plan with this fingerprint showed, once. */
  applyOutside: { params: z.strictObject({ fingerprint }), result: appliedSchema },
})
