import { wrap } from './wrap.ts'

const WIDTH = 80
const INDENT = '  '

const colourful = process.stdout.isTTY === true && !process.env.NO_COLOR && process.env.TERM !== 'dumb'

const CODES = { bold: 1, dim: 2, red: 31, green: 32, cyan: 36 } as const

/** Colours a text where this is a terminal that wants colours. */
export function paint(how: keyof typeof CODES, text: string): string {
  return colourful ? `\x1b[${CODES[how]}m${text}\x1b[0m` : text
}

/** What the demo prints, at most 80 columns wide, and the checks that it made on the way. */
export class Page {
  passed = 0
  failed = 0

  line(text = ''): void {
    process.stdout.write(`${text}\n`)
  }

  heading(text: string): void {
    const rule = '─'.repeat(Math.max(0, WIDTH - text.length - 4))
    this.line(`\n${paint('bold', `── ${text}`)} ${paint('dim', rule)}\n`)
  }

  /** Words of ours. */
  say(text: string): void {
    for (const line of wrap(text, WIDTH - INDENT.length)) this.line(INDENT + line)
  }

  /** What was called, as a client calls it. */
  calls(tool: string, args: Record<string, unknown>): void {
    const given = Object.keys(args).length === 0 ? '' : ` ${JSON.stringify(args)}`
    for (const line of wrap(`> ${tool}${given}`, WIDTH - INDENT.length, '    ')) {
      this.line(paint('cyan', INDENT + line))
    }
  }

  /** Words of the program, letter by letter; only the line breaks at the margin are ours. */
  quote(text: string): void {
    this.line()
    const edge = `${INDENT}${paint('dim', '│')} `
    for (const line of text.split('\n')) {
      for (const part of wrap(line, WIDTH - INDENT.length - 2, '    ')) this.line(edge + part)
    }
    this.line()
  }

  check(what: string, good: boolean, seen?: string): void {
    if (good) this.passed++
    else this.failed++
    const mark = good ? paint('green', '✓') : paint('red', '✗')
    const [first = '', ...rest] = wrap(
      `${what}${good || seen === undefined ? '' : `; but ${seen}`}`,
      WIDTH - 4,
    )
    this.line(`${INDENT}${mark} ${good ? first : paint('red', first)}`)
    for (const line of rest) this.line(`${INDENT}  ${line}`)
  }
}
