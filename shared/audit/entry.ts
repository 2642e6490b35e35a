import * as z from 'zod'
import { cleanLine, cleanText } from '../text/clean.ts'
import { ellipsis } from '../text/shorten.ts'

/*
 * One line of the audit log: a call, a decision, or a change that a person made to what is allowed. Read by people
 * too, so the words are plain. Never a token; the text of a message only where the person turned that on.
 */

/** Longer than any message that Mattermost takes (16383). */
const MAX_TEXT = 20_000

const line = (max: number) => z.string().transform(text => ellipsis(cleanLine(text), max))
const count = z.number().transform(number => Math.max(0, Math.round(number)))

export const auditKinds = ['call', 'decision', 'change'] as const

/** What the caller knows; the log adds number, time and chain. Strings become one clean line of bounded length. */
export const auditDraft = z.object({
  kind: z.enum(auditKinds),
  /** The client program's name. */
  client: line(100).optional(),
  workspace: line(500).optional(),
  session: line(100).optional(),
  account: line(100).optional(),
  function: line(120).optional(),
  /** What it was about, e.g. a channel's id and name, and the thread. */
  target: line(300).optional(),
  /** In a word, e.g. approved. */
  decision: line(60).optional(),
  /** Who or which rule, e.g. `person (terminal)`, `grant g_x`, `policy: ceiling`. */
  by: line(200).optional(),
  /** `ok`, or the code of the error. */
  outcome: line(200).optional(),
  /** How long it took. */
  ms: count.optional(),
  /** The size of the message or result. */
  characters: count.optional(),
  /** The id of the approval. */
  approval: line(100).optional(),
  text: z
    .string()
    .transform(text => ellipsis(cleanText(text), MAX_TEXT))
    .optional(),
})

/** One entry as it stands in the log. */
export const auditEntry = z.object({
  /** From 1, one more with each entry, across all files. */
  seq: z.number().int().positive(),
  /** ISO, UTC. The clock of the machine: it may jump, the number never does. */
  at: line(40),
  ...auditDraft.shape,
  /** The hash of the entry before. */
  prev: z.string(),
  /** SHA-256 over `prev` and the JSON of the rest. */
  hash: z.string(),
})
export type AuditEntry = z.infer<typeof auditEntry>
export type AuditDraft = Omit<AuditEntry, 'seq' | 'at' | 'prev' | 'hash'>

/** The entry on a line of the log, cleaned once more: the file may have been written by anybody. */
export function readEntry(text: string): AuditEntry | undefined {
  try {
    const parsed = auditEntry.safeParse(JSON.parse(text))
    return parsed.success ? parsed.data : undefined
  } catch {
    return undefined
  }
}
