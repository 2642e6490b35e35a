import * as z from 'zod'
import { MAX_FRAME_BYTES } from '../protocol/version.ts'
import { utf8Length } from '../text/utf8-length.ts'
import { type Approval, approvalSchema } from './approval.ts'

/*
 * What a surface is told of what waits. A message has an end and a queue has none, so the oldest come, each whole, with
 * the number of all others; those come up as the oldest are answered. Nothing is ever shortened to fit.
 */

/** A person answers one after another: more would cost at every change and show nothing besides. */
export const MOST_AT_ONCE = 50

/** Half of what a message may have; the longest approval that the schema lets through is shorter. */
export const BYTES_AT_ONCE = MAX_FRAME_BYTES / 2

/** What changes of an approval while it waits, and the names of all its fields: far more than they ever have. */
const BYTES_BESIDES = 2_048

/** The oldest of what waits, and how many wait besides. */
export const queueWindowSchema = z.strictObject({
  approvals: z.array(approvalSchema),
  more: z.int().nonnegative(),
})

export type QueueWindow = z.infer<typeof queueWindowSchema>

/** At most so many bytes an approval has in a message, for as long as it waits: what is in a window stays there. */
export function bytesOf({ asker, subject }: Pick<Approval, 'asker' | 'subject'>): number {
  return utf8Length(JSON.stringify([asker, subject])) + BYTES_BESIDES
}

/** The first of these that go into one message; one at least, where there is one. */
export function firstThatFit<T extends { bytes: number }>(entries: Iterable<T>): T[] {
  const fit: T[] = []
  let bytes = 0
  for (const entry of entries) {
    bytes += entry.bytes
    if (fit.length > 0 && bytes > BYTES_AT_ONCE) break
    fit.push(entry)
    if (fit.length === MOST_AT_ONCE) break
  }
  return fit
}
