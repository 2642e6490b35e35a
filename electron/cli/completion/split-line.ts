/**
 * The words of a line that somebody is typing, the last one unfinished: as a shell would split it, but for what it
 * would expand.
 */
export function splitLine(line: string): string[] {
  const words = ['']
  let quote: string | undefined
  for (let at = 0; at < line.length; at++) {
    const letter = line.charAt(at)
    const last = words.length - 1
    if (quote === undefined && /\s/.test(letter)) {
      if (words[last] !== '') words.push('')
    } else if (quote === undefined && (letter === '"' || letter === "'")) quote = letter
    else if (letter === quote) quote = undefined
    else if (letter === '\\' && quote !== "'" && at + 1 < line.length) words[last] += line.charAt(++at)
    else words[last] += letter
  }
  return words
}

/**
 * How much of a word bash takes for words of its own: up to the last `:` or `=` that it breaks words at. It replaces
 * only what is behind.
 */
export function brokenOff(word: string, wordBreaks: string): number {
  const breaks = [':', '='].filter(sign => wordBreaks.includes(sign))
  return Math.max(0, ...breaks.map(sign => word.lastIndexOf(sign) + 1))
}
