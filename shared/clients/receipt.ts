import * as z from 'zod'
import { WRITE_POLICIES } from '../policy/write-policy.ts'
import { CLIENT_IDS, SCOPES } from './client-facts.ts'

const hash = z.string().regex(/^[0-9a-f]{64}$/)

/** What was there before we came: a file, of which there is a copy, or none. */
const origin = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('file'), hash, backup: z.string() }),
  z.strictObject({ kind: z.literal('none') }),
  /** Somebody changed the file in between: it never was just what we would restore. */
  z.strictObject({ kind: z.literal('unknown') }),
])

/** What we wrote into another program's settings, so that it can be told from what others wrote, and taken out. */
export const receiptSchema = z.strictObject({
  version: z.literal(1),
  client: z.enum(CLIENT_IDS),
  scope: z.enum(SCOPES),
  /** As the client calls it; `target` is without links. */
  path: z.string(),
  target: z.string(),
  /** Of the server in the settings. */
  name: z.string(),
  at: z.string(),
  write: z.enum(WRITE_POLICIES),
  /** The entry as it was written. Never a secret. */
  entry: z.record(z.string(), z.json()),
  placing: z.strictObject({
    lead: z.string(),
    tail: z.string(),
    comma: z.boolean(),
    madeContainer: z.boolean(),
  }),
  /** Of the whole file after it was written. */
  afterHash: hash,
  origin,
  /** Whether there was no file, and which folders were made for it, outermost first. */
  madeFile: z.boolean(),
  madeFolders: z.array(z.string()),
})

export type Receipt = z.infer<typeof receiptSchema>
