/** Breaks a text at spaces into lines of at most `width` columns; lines after the first begin with `hang`. */
export function wrap(text: string, width: number, hang = ''): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ').flatMap(each => pieces(each, width - hang.length))) {
    const longer = line === '' ? word : `${line} ${word}`
    if (line === '' || columns(longer) <= width) {
      line = longer
      continue
    }
    lines.push(line)
    line = hang + word
  }
  return [...lines, line]
}

/** A word that is wider than a whole line is cut. */
function pieces(word: string, width: number): string[] {
  const characters = Array.from(word)
  const count = Math.max(1, Math.ceil(columns(word) / width))
  const size = Math.ceil(characters.length / count)
  return Array.from({ length: count }, (_, nth) => characters.slice(nth * size, (nth + 1) * size).join(''))
}

/** Columns that a text takes in a terminal; emoji take two. */
export function columns(text: string): number {
  return Array.from(text).reduce((sum, each) => sum + (/\p{Extended_Pictographic}/u.test(each) ? 2 : 1), 0)
}
