import { createHash } from 'node:crypto'
import type { AuditDraft } from '../../../shared/audit/entry.ts'
import type { AuditHead, HeadState } from '../../../shared/audit/head.ts'
import { GENESIS, makeLine } from '../../../shared/audit/link.ts'
import { type AuditCheck, AuditVerifier } from '../../../shared/audit/verify.ts'

export const sha256 = (data: string | Uint8Array) => createHash('sha256').update(data).digest('hex')

export type BuiltLog = { files: Map<string, Buffer>; head: AuditHead }

/** A log of so many entries a month, from January 2026 on; months without any have no file. */
export function buildLog(perMonth: number[], draft: (seq: number) => AuditDraft = plainDraft): BuiltLog {
  const files = new Map<string, Buffer>()
  let head: AuditHead = { seq: 0, hash: GENESIS, file: '', size: 0 }
  for (const [month, count] of perMonth.entries()) {
    const at = new Date(Date.UTC(2026, month, 3)).toISOString()
    const file = `${at.slice(0, 7)}.jsonl`
    for (let index = 0; index < count; index += 1) {
      const after = index === 0 && head.file !== '' ? head.file : undefined
      const seq = head.seq + 1
      const { line, hash } = makeLine({ seq, at, ...draft(seq), after }, head.hash, sha256)
      const bytes = Buffer.concat([files.get(file) ?? Buffer.alloc(0), Buffer.from(`${line}\n`)])
      files.set(file, bytes)
      head = { seq, hash, file, size: bytes.length }
    }
  }
  return { files, head }
}

function plainDraft(seq: number): AuditDraft {
  return {
    kind: 'call',
    client: 'codex',
    function: 'mattermost_read_posts',
    target: `#dev – ${seq}`,
    ms: seq,
  }
}

/** Verifies it in memory, as electron/broker/audit/verify-log.ts does from disk. */
export function check({
  files,
  head,
}: {
  files: Map<string, Buffer>
  head?: AuditHead | undefined
}): AuditCheck {
  const state: HeadState = head === undefined ? { kind: 'missing' } : { kind: 'head', head }
  const verifier = new AuditVerifier(sha256, state)
  for (const [file, bytes] of [...files].sort(([a], [b]) => (a < b ? -1 : 1))) {
    for (const [index, { line, open }] of splitLines(bytes).entries())
      verifier.line({ file, line: index + 1 }, line, open)
  }
  return verifier.finish()
}

export function splitLines(bytes: Buffer): { line: Buffer; open: boolean }[] {
  const lines: { line: Buffer; open: boolean }[] = []
  for (let start = 0; start < bytes.length; ) {
    const feed = bytes.indexOf(0x0a, start)
    const end = feed === -1 ? bytes.length : feed
    lines.push({ line: bytes.subarray(start, end), open: feed === -1 })
    start = end + 1
  }
  return lines
}

/** Every line with its place, in order. */
export function linesOf({ files }: BuiltLog): { file: string; index: number; line: string }[] {
  return [...files].flatMap(([file, bytes]) =>
    splitLines(bytes).map(({ line }, index) => ({ file, index, line: line.toString() })),
  )
}

/** The log with the lines of one file changed. */
export function withLines(log: BuiltLog, file: string, change: (lines: string[]) => void): BuiltLog {
  const lines = splitLines(log.files.get(file) ?? Buffer.alloc(0)).map(({ line }) => line.toString())
  change(lines)
  const files = new Map(log.files).set(file, Buffer.from(lines.map(line => `${line}\n`).join('')))
  return { ...log, files }
}
