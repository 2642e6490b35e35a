/** The words of one simple command, quotes taken off; what only the shell knows (variables) stays as it is written. */
export type ShellCommand = string[]

/**
 * The simple commands of a shell script, in order: divided at line ends, pipes, lists and groups, without comments and
 * redirections. A lexer for the lines that documentation shows, not a shell.
 */
export function shellCommands(script: string): ShellCommand[] {
  const commands: ShellCommand[] = []
  let words: string[] = []
  let word: string | undefined
  const endWord = () => {
    if (word !== undefined) words.push(word)
    word = undefined
  }
  const endCommand = () => {
    endWord()
    if (words.length > 0) commands.push(words)
    words = []
  }
  const tokens = script.matchAll(
    /\\\n|\\.|'[^']*'|"(?:[^"\\]|\\.)*"|(?<=^|[\s;&|()])#[^\n]*|[0-9]?(?:>>|>|<)&?\s*[^\s;&|()]+|\n|&&|\|\||[;&|()]|[^\S\n]+|[^\s;&|()'"\\<>]+|./gs,
  )
  for (const [token] of tokens) {
    if (token === '\\\n' || token.startsWith('#') || /^[0-9]?[<>]/.test(token)) endWord()
    else if (/^(?:\n|&&|\|\||[;&|()])$/.test(token)) endCommand()
    else if (token.trim() === '') endWord()
    else word = (word ?? '') + unquoted(token)
  }
  endCommand()
  return commands
}

function unquoted(token: string): string {
  if (token.startsWith("'") && token.endsWith("'") && token.length > 1) return token.slice(1, -1)
  if (token.startsWith('"') && token.endsWith('"') && token.length > 1)
    return token.slice(1, -1).replace(/\\(["\\$`])/g, '$1')
  return token.startsWith('\\') ? token.slice(1) : token
}
