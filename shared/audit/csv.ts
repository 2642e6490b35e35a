import { cleanLine } from '../text/clean.ts'
import type { AuditEntry } from './entry.ts'

const COLUMNS = [
  'seq',
  'at',
  'kind',
  'client',
  'workspace',
  'session',
  'account',
  'function',
  'target',
  'decision',
  'by',
  'outcome',
  'ms',
  'characters',
  'approval',
  'text',
  'prev',
  'hash',
] as const satisfies readonly (keyof AuditEntry)[]

/** The first line of the table, with its line end. */
export const CSV_HEADER = `${COLUMNS.join(',')}\r\n`

/** One entry as a line of RFC 4180, with its line end. */
export function csvLine(entry: AuditEntry): string {
  return `${COLUMNS.map(column => cell(entry[column])).join(',')}\r\n`
}

/** Spreadsheets take a cell that begins so for a formula, their full-width forms included, and may run it. */
const FORMULA = /^[=+\-@\uff1d\uff0b\uff0d\uff20]/

function cell(value: string | number | undefined): string {
  if (value === undefined) return ''
  if (typeof value === 'number') return String(value)
  const line = cleanLine(value)
  const safe = FORMULA.test(line) ? `'${line}` : line
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
