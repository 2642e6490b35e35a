import * as z from 'zod'
import { defineMethods } from './method-table.ts'

/* Other programs' configuration: what would be written is shown first, and only what was shown is written. */

const id = z.string().min(1).max(64)
const fingerprint = z.string().min(1).max(128)

const clientSchema = z.strictObject({
  id,
  name: z.string(),
  /**
   * `absent`: the program is not here; `found`: here, without us; `connected`: our entry is as we wrote it; `changed`:
   * a person has changed our entry; `broken`: its file cannot be read or our entry no longer works.
   */
  state: z.enum(['absent', 'found', 'connected', 'changed', 'broken']),
  /** Its file. */
  path: z.string(),
  /** One sentence more, where there is something to say. */
  said: z.string().nullable(),
})

/** A line of the file around our change; `kind` says what happens to it. */
const lineSchema = z.strictObject({ kind: z.enum(['same', 'added', 'removed']), text: z.string() })

const planSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('plan'),
    fingerprint,
    client: id,
    path: z.string(),
    lines: z.array(lineSchema),
    /** What a person should know before they say yes. */
    warnings: z.array(z.string()),
    /** What is left to do by hand afterwards, e.g. to restart the client. */
    steps: z.array(z.string()),
  }),
  /** There is nothing to change. */
  z.strictObject({ kind: z.literal('nothing'), said: z.string() }),
  z.strictObject({ kind: z.literal('refused'), why: z.string() }),
])

const appliedSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('done'),
    /** What was seen afterwards, e.g. `Codex 0.169 reads it and lists 7 tools.` */
    said: z.string(),
    backup: z.string().nullable(),
    steps: z.array(z.string()),
  }),
  /** The file is as it was. */
  z.strictObject({ kind: z.literal('rolled-back'), why: z.string() }),
])

const findingSchema = z.strictObject({
  id,
  title: z.string(),
  state: z.enum(['ok', 'warn', 'fail', 'skipped']),
  said: z.string(),
  /** What to do about it. */
  todo: z.string().nullable(),
})

export type KnownClient = z.infer<typeof clientSchema>
export type ClientPlan = z.infer<typeof planSchema>
export type ClientApplied = z.infer<typeof appliedSchema>
export type DoctorFinding = z.infer<typeof findingSchema>

export const clientMethods = defineMethods({
  knownClients: { params: z.strictObject({}), result: z.array(clientSchema) },
  planClient: {
    params: z.strictObject({ id, action: z.enum(['connect', 'disconnect']) }),
    result: planSchema,
  },
  /** Does what the plan with this fingerprint showed; refused where the file has changed since. */
  applyClientPlan: { params: z.strictObject({ fingerprint }), result: appliedSchema },
  /** The entry as a text to paste. */
  clientSnippet: {
    params: z.strictObject({ id, format: z.enum(['toml', 'json', 'command']) }),
    result: z.strictObject({ text: z.string() }),
  },
  doctor: { params: z.strictObject({}), result: z.array(findingSchema) },
})
