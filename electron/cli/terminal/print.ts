import { EXIT } from '../exit-codes.ts'
import { columnsLikely, padTo } from './columns.ts'
import { type CliIo, inColour } from './io.ts'
import { paint, type Row } from './rows.ts'

/** Prints JSON in ASCII: a terminal shows nothing in it that it would obey or hide, and every parser reads the same. */
export function printJson(io: CliIo, value: unknown): void {
  const text = JSON.stringify(value, null, 2)
  io.out(text.replace(/[^\x20-\x7e\n]/g, unit => unitEscape(unit.charCodeAt(0))))
}

/**
 * Prints JSON that a person can read as well: letters of every script as they are, and as escapes only what a terminal
 * would obey or hide.
 */
export function printReadableJson(io: CliIo, value: unknown): void {
  io.out(JSON.stringify(value, null, 2).replace(UNSEEN, escaped))
}

const UNSEEN = /(?!\n)[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2028\u2029\u2800]/gu

function escaped(character: string): string {
  return Array.from({ length: character.length }, (_, at) => unitEscape(character.charCodeAt(at))).join('')
}

function unitEscape(unit: number): string {
  return `\\u${unit.toString(16).padStart(4, '0')}`
}

/** Prints rows, in colour where the terminal can. */
export function printRows(io: CliIo, rows: readonly Row[]): void {
  const colour = inColour(io)
  for (const each of rows) io.out(paint(each, colour))
}

/** Lines of a table with its columns lined up. Cells are texts of one line that have been cleaned. */
export function tableLines(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const widths = head.map((title, at) =>
    Math.max(...[title, ...rows.map(row => row[at] ?? '')].map(columnsLikely)),
  )
  return [head, ...rows].map(row =>
    row
      .map((cell, at) => padTo(cell, widths[at] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}

/** Prints a failure, as JSON where that was asked for, and is its exit code. */
export function fail(io: CliIo, name: keyof typeof EXIT, message: string, json = false): number {
  if (json) printJson(io, { success: false, error: { code: name, message } })
  else io.err(`kosmo: ${message}`)
  return EXIT[name]
}

/** The same for a command that was called wrongly, with where its help is. */
export function failUsage(io: CliIo, command: string, message: string, args: readonly string[]): number {
  return fail(io, 'usage', `${message}. See kosmo ${command} --help.`, args.includes('--json'))
}
