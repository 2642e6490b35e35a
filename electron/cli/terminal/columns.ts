/**
 * How many columns a text takes at most, whatever the terminal makes of emoji and of letters that are wide in some
 * fonts only. Too many costs nothing but an early fold; too few would let a text from outside run over the edge and
 * begin a line that looks like ours. Takes one line without tabs or controls.
 */
export function columnsAtMost(text: string): number {
  if (ASCII.test(text)) return text.length
  let columns = 0
  for (const letter of text) columns += atMost(letter)
  return columns
}

/** Cuts a line to rows of at most `width` columns, never inside of what a reader takes for one letter. */
export function fold(line: string, width: number): string[] {
  if (columnsAtMost(line) <= width) return [line]
  const rows: string[] = []
  let row = ''
  let used = 0
  for (const { segment } of SEGMENTS.segment(line)) {
    for (const piece of columnsAtMost(segment) <= width ? [segment] : segment) {
      const columns = columnsAtMost(piece)
      if (used + columns > width && row !== '') {
        rows.push(row)
        row = ''
        used = 0
      }
      row += piece
      used += columns
    }
  }
  rows.push(row)
  return rows
}

/** A text on one row of at most `width` columns, the last an ellipsis where something was cut. */
export function cut(text: string, width: number): string {
  if (columnsAtMost(text) <= width) return text
  if (width < 3) return ''
  const [head = ''] = fold(text, width - 2)
  return `${head}…`
}

/** A text with blanks behind it up to `width` columns, as most terminals count them. */
export function padTo(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - columnsLikely(text)))
}

/** The columns that most terminals give a text, for lining things up. */
export function columnsLikely(text: string): number {
  if (ASCII.test(text)) return text.length
  let columns = 0
  for (const { segment } of SEGMENTS.segment(text)) columns += WIDE.test(segment) ? 2 : 1
  return columns
}

const ASCII = /^[\x20-\x7e]*$/
const SEGMENTS = new Intl.Segmenter('en', { granularity: 'grapheme' })
const WIDE =
  /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\p{Emoji_Presentation}\u3000-\u303e\uff01-\uff60\uffe0-\uffe6]/u

/** Marks stand on the letter before them, but for those that some terminals give a column of their own. */
function atMost(letter: string): number {
  if (ASCII.test(letter)) return 1
  return /\p{Mn}|\p{Me}|\u200d|\ufe0f/u.test(letter) ? 0 : 2
}
