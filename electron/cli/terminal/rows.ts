/** What a row of the screen is, which decides how it is painted. */
export type Tone = 'plain' | 'strong' | 'dim' | 'warn' | 'bar'

/** One row of the screen: text without controls, painted as a whole. */
export type Row = { text: string; tone: Tone }

/** A row of plain text. */
export function row(text: string, tone: Tone = 'plain'): Row {
  return { text, tone }
}

const CODES: Record<Tone, string> = {
  plain: '',
  strong: '\x1b[1m',
  dim: '\x1b[2m',
  warn: '\x1b[33m',
  bar: '\x1b[7m',
}

/** A row as the terminal is given it; without colour it is the text alone. */
export function paint({ text, tone }: Row, colour: boolean): string {
  return colour && CODES[tone] !== '' ? `${CODES[tone]}${text}\x1b[0m` : text
}
