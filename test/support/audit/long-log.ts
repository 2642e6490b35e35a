import { createHash } from 'node:crypto'
import { closeSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { HEAD_FILE, headText } from '../../../shared/audit/head.ts'
import { GENESIS, makeLine } from '../../../shared/audit/link.ts'

export type LongLog = { bytes: number; lines: number }

/** The client of one line in so many: what a filter has to look for. */
export const RARE = { client: 'gemini-cli', every: 100_000 }

const MONTHS = 12
const BUFFER_BYTES = 1024 * 1024
const FUNCTIONS = ['list_posts', 'get_post', 'list_channels', 'get_channel', 'create_post']
const hash = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex')

/** Writes an audit log of so many lines, over a year, each sealed by the next as the broker does it. */
export function writeLongLog(folder: string, lines: number): LongLog {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const perMonth = Math.ceil(lines / MONTHS)
  let head = { seq: 0, hash: GENESIS, file: '', size: 0 }
  let bytes = 0
  for (let month = 0; month < MONTHS; month++) {
    const file = `2025-${String(month + 1).padStart(2, '0')}.jsonl`
    const descriptor = openSync(join(folder, file), 'wx', 0o600)
    const buffer = Buffer.alloc(BUFFER_BYTES)
    let filled = 0
    let size = 0
    const flush = (): void => {
      writeSync(descriptor, buffer, 0, filled)
      size += filled
      filled = 0
    }
    for (let nth = 0; nth < perMonth && head.seq < lines; nth++) {
      const seq = head.seq + 1
      const after = nth === 0 && head.file !== '' ? { after: head.file } : {}
      const made = makeLine({ ...draftOf(seq, month, nth / perMonth), ...after }, head.hash, hash)
      if (filled > BUFFER_BYTES - 4_096) flush()
      filled += buffer.write(`${made.line}\n`, filled)
      head = { seq, hash: made.hash, file, size: 0 }
    }
    flush()
    closeSync(descriptor)
    bytes += size
    head = { ...head, size }
  }
  writeFileSync(join(folder, HEAD_FILE), headText(head), { mode: 0o600 })
  return { bytes, lines: head.seq }
}

function draftOf(seq: number, month: number, part: number) {
  const at = new Date(Date.UTC(2025, month, 1) + part * 27 * 86_400_000).toISOString()
  const client = seq % RARE.every === 0 ? RARE.client : seq % 3 === 0 ? 'claude-code' : 'codex-mcp-client'
  return {
    seq,
    at,
    kind: 'call' as const,
    client,
    workspace: '/home/someone/projects/customer-success',
    session: `s${Math.floor(seq / 40)
      .toString(16)
      .padStart(16, '0')}`,
    account: 'default',
    function: `mattermost_${FUNCTIONS[seq % FUNCTIONS.length]}`,
    target: 'channel_id=9xkqfd1kqjd18ej5tf4mwh8a7r limit=30',
    outcome: seq % 50 === 0 ? 'not_found' : 'ok',
    ms: seq % 400,
    characters: 1_000 + (seq % 5_000),
  }
}
