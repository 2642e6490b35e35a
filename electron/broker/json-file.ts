import type * as z from 'zod'
import { cleanLine } from '../../shared/text/clean.ts'
import { jsonFault } from '../../shared/text/json-fault.ts'
import { ellipsis } from '../../shared/text/shorten.ts'
import { type ReadWhole, readWhole } from './whole-file.ts'

export type ReadJson<T> =
  | { kind: 'value'; value: T }
  | { kind: 'missing' }
  /** `why` says which file and where in it, and ends without a full stop. */
  | { kind: 'broken'; why: string }

/** A person's own file is some kilobytes; what is larger is something else. */
const MAX_BYTES = 1_000_000

/**
 * A reader of one JSON file. It reads on every use, which costs no more than to ask whether the file has changed and
 * cannot be wrong about it, and parses only a text that differs from the last.
 */
export function jsonReader<T>(path: string, schema: z.ZodType<T>): () => ReadJson<T> {
  let last: { text: string; result: ReadJson<T> } | undefined
  return () => {
    const read: ReadWhole = readWhole(path, MAX_BYTES)
    if (read.kind === 'missing') return { kind: 'missing' }
    if (read.kind === 'refused') return { kind: 'broken', why: `${path}: ${read.why}` }
    if (last?.text !== read.text) last = { text: read.text, result: parse(path, read.text, schema) }
    return last.result
  }
}

/** The text of a JSON file as electron-store and conf write it. */
export function jsonText(value: unknown): string {
  return JSON.stringify(value, undefined, '\t')
}

function parse<T>(path: string, written: string, schema: z.ZodType<T>): ReadJson<T> {
  // Editors on Windows put a mark in front that is no JSON.
  const text = written.replace(/^\ufeff/, '')
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    const { line, column } = jsonFault(text) ?? { line: 1, column: 1 }
    return { kind: 'broken', why: `${path}: line ${line}, column ${column} is not valid JSON` }
  }
  const parsed = schema.safeParse(json)
  if (parsed.success) return { kind: 'value', value: parsed.data }
  const [issue] = parsed.error.issues
  const field = issue === undefined || issue.path.length === 0 ? 'the file' : `"${issue.path.join('.')}"`
  const why = ellipsis(cleanLine(`${field}: ${issue?.message ?? 'not understood'}`), 200)
  return { kind: 'broken', why: `${path}: ${why}` }
}
