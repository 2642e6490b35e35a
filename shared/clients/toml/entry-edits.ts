import { lineBreakOf, type TextEdit } from '../text-edit.ts'
import { type EntrySpan, entrySpans, inlineTableAt } from './entry-spans.ts'
import { scanToml, type TomlPart } from './scan-toml.ts'
import { tomlKey } from './strings.ts'
import { gapEnd } from './tokens.ts'
import { inline, type TomlTable, tableLines } from './write-toml.ts'

/**
 * Adds an entry that is not there yet: as tables at the end, or, where the table around it is an inline one, in there.
 * `lead` is what was put before it to part it from the rest; undo takes it away again.
 *
 * @throws Error where it cannot be told where things are
 */
export function addEntry(
  text: string,
  path: readonly string[],
  entry: TomlTable,
): { edit: TextEdit; lead: string } {
  const around = inlineTableAt(text, scanToml(text), path.slice(0, -1))
  if (around !== undefined) {
    const { insertAt, before: lead } = around
    return { edit: { start: insertAt, end: insertAt, text: lead + memberText(path, entry) }, lead }
  }
  const eol = lineBreakOf(text)
  const lead = eol.repeat(breaksBefore(text))
  const block = [...tableLines(path, entry), ''].join(eol)
  return { edit: { start: text.length, end: text.length, text: lead + block }, lead }
}

/** Takes pieces of an entry out, with what `addEntry` had put before it. */
export function removeSpans(text: string, spans: readonly EntrySpan[], lead: string): TextEdit[] {
  const lines = joined(text, spans).map(({ start, end }) => ({
    start: startWithBreaks(text, start, end, lead.split('\n').length - 1),
    end,
    text: '',
  }))
  const members = spans.filter(({ kind }) => kind === 'member').map(span => memberRemoval(text, span, lead))
  return [...lines, ...members]
}

/** Puts an entry in the place of the pieces of one; undefined where these are lines among others. */
export function replaceSpans(
  text: string,
  spans: readonly EntrySpan[],
  path: readonly string[],
  entry: TomlTable,
): TextEdit[] | undefined {
  const [only] = spans
  if (spans.length === 1 && only?.kind === 'member' && only.path.length === path.length) {
    return [{ start: only.start, end: only.end, text: memberText(path, entry) }]
  }
  const [first, ...others] = joined(text, spans)
  if (first === undefined || spans.some(({ kind }) => kind !== 'table')) return undefined
  const eol = lineBreakOf(text)
  const block = [...tableLines(path, entry), ''].join(eol)
  // The last line of a file may have no end.
  const put = text[first.end - 1] === '\n' ? block : block.slice(0, -eol.length)
  const rest = others.map(({ start, end }) => ({
    start: startWithBreaks(text, start, end, 1),
    end,
    text: '',
  }))
  return [{ start: first.start, end: first.end, text: put }, ...rest]
}

/** The pieces of the entry at a path. @throws Error where it cannot be told where things are */
export function findEntry(text: string, path: readonly string[]): { parts: TomlPart[]; spans: EntrySpan[] } {
  const parts = scanToml(text)
  return { parts, spans: entrySpans(text, parts, path) }
}

function memberText(path: readonly string[], entry: TomlTable): string {
  return `${tomlKey(path.at(-1) ?? '')} = ${inline(entry)}`
}

/** How many line breaks part a new table from the text above it by a blank line. */
function breaksBefore(text: string): number {
  const above = text.replace(/^\ufeff/, '')
  if (above === '' || /(^|\n)[ \t]*\r?\n$/.test(above)) return 0
  return above.endsWith('\n') ? 1 : 2
}

/** Pieces of whole lines, as one where nothing but blank lines is between them. */
function joined(text: string, spans: readonly EntrySpan[]): { start: number; end: number }[] {
  const ranges: { start: number; end: number }[] = []
  for (const { start, end } of spans.filter(({ kind }) => kind !== 'member')) {
    const last = ranges.at(-1)
    if (last !== undefined && text.slice(last.end, start).trim() === '') last.end = end
    else ranges.push({ start, end })
  }
  return ranges
}

/** Where a removal begins so that as many line breaks before it go too, and two lines never become one. */
function startWithBreaks(text: string, start: number, end: number, breaks: number): number {
  let from = start
  for (let left = breaks; left > 0; left--) {
    const before = text.slice(0, from)
    const length = before.endsWith('\r\n') ? 2 : before.endsWith('\n') ? 1 : 0
    const endsLine = /[^\ufeff\r\n]$/.test(before.slice(0, before.length - length))
    // The break that ends the line above stays, unless it was put there and nothing follows.
    if (length === 0 || (endsLine && (breaks < 2 || end < text.length))) break
    from -= length
  }
  return from
}

/** The member with what was put before it, and a comma that would be left over. */
function memberRemoval(text: string, { start, end }: EntrySpan, lead: string): TextEdit {
  const from = lead !== '' && text.slice(0, start).endsWith(lead) ? start - lead.length : start
  const before = text.slice(0, from).trimEnd().at(-1)
  const behind = gapEnd(text, end)
  const isLeftOver = text[behind] === ',' && (before === '{' || before === ',')
  return { start: from, end: isLeftOver ? behind + 1 : end, text: '' }
}
