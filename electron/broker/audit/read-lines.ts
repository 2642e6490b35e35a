import { MAX_LINE_BYTES } from '../../../shared/audit/link.ts'
import { readAt } from './audit-files.ts'

/** A line without its line feed; `open` where it has none. `end` is the offset after it. */
export type RawLine = { bytes: Uint8Array; open: boolean; end: number }

const CHUNK_BYTES = 64 * 1024
const LINE_FEED = 0x0a

/** One byte longer than a line can be: so much of a longer one tells that it is too long. */
const KEPT_BYTES = MAX_LINE_BYTES + 1

/** The lines from one offset to another, in bounded memory. The bytes of a line are its own. */
export function* readLines(descriptor: number, from: number, to: number): Generator<RawLine> {
  const chunk = Buffer.alloc(CHUNK_BYTES)
  let rest = Buffer.alloc(0)
  let at = from
  while (at < to) {
    const count = readAt(descriptor, chunk.subarray(0, Math.min(CHUNK_BYTES, to - at)), at)
    if (count === 0) break
    let start = 0
    for (;;) {
      const feed = chunk.subarray(0, count).indexOf(LINE_FEED, start)
      if (feed === -1) break
      yield { bytes: kept(rest, chunk.subarray(start, feed)), open: false, end: at + feed + 1 }
      rest = Buffer.alloc(0)
      start = feed + 1
    }
    rest = kept(rest, chunk.subarray(start, count))
    at += count
  }
  if (rest.length > 0) yield { bytes: rest, open: true, end: at }
}

/** So many bytes may be read; `stoppedAt` is where to go on once they are used up. */
export type ReadBudget = { bytes: number; stoppedAt?: number }

/**
 * The lines before an offset, last one first. Once the budget is used up it ends after the line that it is at, or in the
 * middle of one that is longer than a line can be: the rest of that one is half a line to whoever goes on.
 */
export function* readLinesBack(descriptor: number, to: number, budget?: ReadBudget): Generator<RawLine> {
  let rest = Buffer.alloc(0)
  let at = to
  let end = to
  let open = true
  while (at > 0) {
    const isTooLong = rest.length >= KEPT_BYTES
    if (budget !== undefined && budget.bytes <= 0 && (isTooLong || end < to)) {
      budget.stoppedAt = isTooLong ? at : end
      if (isTooLong) yield { bytes: rest, open, end }
      return
    }
    const chunk = Buffer.alloc(Math.min(CHUNK_BYTES, at))
    at -= chunk.length
    const count = readAt(descriptor, chunk, at)
    if (budget !== undefined) budget.bytes -= count
    let stop = count
    for (;;) {
      const feed = stop === 0 ? -1 : chunk.lastIndexOf(LINE_FEED, stop - 1)
      if (feed === -1) break
      const bytes = kept(chunk.subarray(feed + 1, stop), rest)
      if (!open || bytes.length > 0) yield { bytes, open, end }
      open = false
      rest = Buffer.alloc(0)
      end = at + feed + 1
      stop = feed
    }
    rest = kept(chunk.subarray(0, stop), rest)
  }
  if (!open || rest.length > 0) yield { bytes: rest, open, end }
}

function kept(a: Buffer, b: Buffer): Buffer<ArrayBuffer> {
  return Buffer.concat([a, b], Math.min(a.length + b.length, KEPT_BYTES))
}
