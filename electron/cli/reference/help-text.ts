import { exitCodeLines } from '../exit-codes.ts'
import type { CommandEntry, FlagEntry } from './entry.ts'
import { wrap } from './wrap.ts'

/** Help is read in terminals of any size. */
export const WIDTH = 110
const INDENT = '  '
/** Descriptions begin here; what is longer gets a line of its own. */
export const COLUMN = 28

/** The help of one command: how to write it, its flags, examples and exit codes. */
export function helpText(entry: CommandEntry): string {
  const { name, does, forms, flags, notes, examples, exits } = entry
  return [
    `kosmo ${name}: ${does}`,
    ...section(forms.flatMap(form => aligned(`kosmo ${form.line}`, form.does ?? '', formColumn(entry)))),
    ...section(flags.flatMap(flag => aligned(flagWords(flag), flagDoes(flag), COLUMN))),
    ...notes.flatMap(note => section(wrap(note, WIDTH))),
    ...section([
      'Examples:',
      ...examples.flatMap(({ line, does }) => [`${INDENT}# ${does}`, `${INDENT}kosmo ${line}`]),
    ]),
    ...section(exitCodeLines(exits)),
  ].join('\n')
}

/** A flag as help shows it: `--write=POLICY`, `-e, --eval=CODE`. */
export function flagWords({ name, short, value }: FlagEntry): string {
  const between = value?.includes('=') ? ' ' : '='
  return `${short === undefined ? '' : `-${short}, `}--${name}${value === undefined ? '' : `${between}${value}`}`
}

function flagDoes({ does, repeatable }: FlagEntry): string {
  return repeatable === true ? `${does}; repeatable` : does
}

function formColumn({ forms }: CommandEntry): number {
  const longest = Math.max(...forms.map(({ line }) => `kosmo ${line}`.length)) + INDENT.length + 2
  return Math.min(longest, 52)
}

/** Lines with an empty one in front; nothing where there are none. */
export function section(lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', ...lines]
}

/** Two columns, the right one folded. */
export function aligned(left: string, right: string, column: number): string[] {
  const [first = '', ...more] = wrap(right, WIDTH - column)
  const blanks = ' '.repeat(column)
  const head = `${INDENT}${left}`
  const rest = more.map(line => blanks + line)
  if (right === '') return [head]
  return head.length < column ? [head.padEnd(column) + first, ...rest] : [head, blanks + first, ...rest]
}
