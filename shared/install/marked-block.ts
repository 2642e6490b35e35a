/*
 * A few lines of ours in a file of the person's, between two marks, so that exactly they can be taken out again. The
 * first mark says what else has to go with them.
 */

const BEGIN = '# >>> KosmoKrator'
const END = '# <<< KosmoKrator <<<'

const FIRST_LINES = {
  /** There was a file that ends its last line. */
  plain: `${BEGIN} >>>`,
  /** Its last line had no end. */
  joined: `${BEGIN} (the line above had no end) >>>`,
  /** There was no file. */
  alone: `${BEGIN} (made this file) >>>`,
} as const

type Around = keyof typeof FIRST_LINES

export type WithBlock =
  | { kind: 'text'; text: string }
  /** It is there already, just so. */
  | { kind: 'same' }
  /** Somebody changed what is between the marks, or took one of them away. */
  | { kind: 'changed' }

/** A text with a block of that line at its end. @param text undefined where there is no file */
export function withBlock(text: string | undefined, line: string): WithBlock {
  if (text === undefined) return { kind: 'text', text: block('alone', line) }
  const found = findBlock(text)
  if (found === 'broken') return { kind: 'changed' }
  if (found !== undefined) return found.line === line ? { kind: 'same' } : { kind: 'changed' }
  const isJoined = text !== '' && !text.endsWith('\n')
  return { kind: 'text', text: isJoined ? `${text}\n${block('joined', line)}` : text + block('plain', line) }
}

export type WithoutBlock =
  /** Undefined: the file goes. */
  { kind: 'text'; text: string | undefined } | { kind: 'absent' } | { kind: 'changed' }

/**
 * A text as it was before its block; what somebody wrote around it since then stays.
 *
 * @param isOurs whether a line is one that we write: what somebody made of it is theirs
 */
export function withoutBlock(text: string, isOurs: (line: string) => boolean): WithoutBlock {
  const found = findBlock(text)
  if (found === 'broken') return { kind: 'changed' }
  if (found === undefined) return { kind: 'absent' }
  const { around, line, start, end } = found
  if (!isOurs(line)) return { kind: 'changed' }
  const after = text.slice(end)
  // With something behind it, the end of the line above is needed.
  const before = text.slice(0, around === 'joined' && after === '' ? start - 1 : start)
  const rest = before + after
  return { kind: 'text', text: around === 'alone' && rest === '' ? undefined : rest }
}

function block(around: Around, line: string): string {
  return `${FIRST_LINES[around]}\n${line}\n${END}\n`
}

type Found = { around: Around; line: string; start: number; end: number }

function findBlock(text: string): Found | 'broken' | undefined {
  const marks = text.split('\n').filter(line => line.startsWith(BEGIN) || line.startsWith(END))
  if (marks.length === 0) return undefined
  for (const around of Object.keys(FIRST_LINES) as Around[]) {
    const first = `${FIRST_LINES[around]}\n`
    const start = text.startsWith(first) ? 0 : text.indexOf(`\n${first}`) + 1
    if (start === 0 && !text.startsWith(first)) continue
    const [line = '', last, ...more] = text.slice(start + first.length).split('\n')
    // Its own end counts: without it, what follows is not ours.
    if (marks.length !== 2 || last !== END || more.length === 0) return 'broken'
    if (around === 'joined' && start === 0) return 'broken'
    return { around, line, start, end: start + first.length + line.length + 1 + END.length + 1 }
  }
  return 'broken'
}
