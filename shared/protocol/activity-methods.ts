import * as z from 'zod'
import { auditEntry } from '../audit/entry.ts'
import { defineMethods } from './method-table.ts'

/* The audit, and what a person prefers of it, as windows see them. */

const word = z.string().max(200).optional()

/** Every word that is given has to be the entry's; `since` in milliseconds since 1970. */
export const activityFilterSchema = z.strictObject({
  client: word,
  function: word,
  decision: word,
  outcome: word,
  account: word,
  since: z.number().optional(),
})

/** Where in the log to read on, further back. */
const cursorSchema = z.strictObject({ file: z.string().max(100), offset: z.int().nonnegative() })

const problemSchema = z.strictObject({
  what: z.enum(['altered', 'removed', 'inserted', 'out-of-order']),
  file: z.string(),
  line: z.int().optional(),
  /** For the person, with file and line. */
  says: z.string(),
})

const counts = { entries: z.int(), files: z.int(), notes: z.array(z.string()) }

const checkSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('empty') }),
  z.strictObject({ kind: z.literal('intact'), ...counts }),
  z.strictObject({ kind: z.literal('broken'), ...counts, problems: z.array(problemSchema), more: z.int() }),
])

const preferencesSchema = z.strictObject({
  /** How long a call waits for a person; null: what is known of the client. */
  waitSeconds: z.int().min(5).max(3600).nullable(),
  /** Whether the audit keeps the texts of posts. */
  auditText: z.boolean(),
})

export type ActivityFilter = z.infer<typeof activityFilterSchema>
export type ActivityCheck = z.infer<typeof checkSchema>
export type ActivityCursor = z.infer<typeof cursorSchema>
export type Preferences = z.infer<typeof preferencesSchema>

export const activityMethods = defineMethods({
  /**
   * Newest first; reads no more of the log than it shows, and of a log in which a filter finds little only so much.
   * `next` is null at the beginning of the log.
   */
  activity: {
    params: z.strictObject({
      filter: activityFilterSchema,
      before: cursorSchema.nullable(),
      limit: z.int().min(1).max(200),
    }),
    result: z.strictObject({
      entries: z.array(auditEntry),
      /** Lines that are no entries. */
      unreadable: z.int(),
      next: cursorSchema.nullable(),
      /** Where it ended before it had found as many: the time of the oldest entry that it looked at. */
      lookedBackTo: z.string().optional(),
    }),
  },
  verifyActivity: { params: z.strictObject({}), result: checkSchema },
  /** How far verifying is, in bytes; null where it does not go on. */
  verifyProgress: {
    params: z.strictObject({}),
    result: z.strictObject({ done: z.int(), total: z.int() }).nullable(),
  },
  preferences: { params: z.strictObject({}), result: preferencesSchema },
  setPreferences: { params: preferencesSchema, result: z.null() },
})
