/** Whether a word of a command line is a flag; `-` alone stands for stdin. */
export function isWordOfFlag(word: string): boolean {
  return word.startsWith('-') && word !== '-'
}
