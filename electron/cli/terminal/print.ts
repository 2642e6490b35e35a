import { EXIT } from '../exit-codes.ts'
import { columnsLikely, padTo } from './columns.ts'
import { type CliIo, inColour } from './io.ts'
import { paint, type Row } from './rows.ts'

/** Prints JSON in ASCII: a terminal shows nothing in it that it would obey or hide, and every parser reads the same. */
export function printJson(io: CliIo, value: unknown): void {
  const text = JSON.stringify(value, null, 2)
  io.out(text.replace(/[^\x20-\x7e\n]/g, unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`))
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
