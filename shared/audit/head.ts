import * as z from 'zod'

/** The record of the log's end: what removing the last lines would contradict. `size` is that file's, in bytes. */
export const auditHead = z.object({
  seq: z.number().int().nonnegative(),
  hash: z.string(),
  file: z.string(),
  size: z.number().int().nonnegative(),
})
export type AuditHead = z.infer<typeof auditHead>

export type HeadState = { kind: 'head'; head: AuditHead } | { kind: 'missing' } | { kind: 'unreadable' }

/** The name of its file, beside the log's. */
export const HEAD_FILE = 'head.json'

/** Always the same length, so that it is written over in place: on a full disk too. */
const HEAD_BYTES = 256

/** The record as the bytes of its file. */
export function headText(head: AuditHead): string {
  return `${JSON.stringify(head).padEnd(HEAD_BYTES - 1)}\n`
}

/** Reads the record; an empty file is one that was never written. */
export function readHeadText(text: string): HeadState {
  const [line = ''] = text.split('\n')
  if (line === '' && text === '') return { kind: 'missing' }
  try {
    const parsed = auditHead.safeParse(JSON.parse(line))
    return parsed.success ? { kind: 'head', head: parsed.data } : { kind: 'unreadable' }
  } catch {
    return { kind: 'unreadable' }
  }
}
