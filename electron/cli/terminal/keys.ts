export type Key =
  | { kind: 'letter'; letter: string }
  | {
      kind: 'enter' | 'escape' | 'backspace' | 'clear' | 'page-down' | 'page-up' | 'down' | 'up' | 'interrupt'
    }
  /** Something of the terminal that means nothing to us. */
  | { kind: 'other' }

const SEQUENCES: Record<string, Key['kind']> = {
  '\x1b[A': 'up',
  '\x1bOA': 'up',
  '\x1b[B': 'down',
  '\x1bOB': 'down',
  '\x1b[5~': 'page-up',
  '\x1b[6~': 'page-down',
  '\x1b': 'escape',
  '\r': 'enter',
  '\n': 'enter',
  '\x7f': 'backspace',
  '\b': 'backspace',
  '\x15': 'clear',
  '\x03': 'interrupt',
}

/** An escape sequence, a control or a letter. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what a terminal sends
const KEY = /\x1b(?:\[[0-9;?<=>]*[ -/]*[@-~]|O[ -~]|[^[O])?|./gsu

/** What was typed, from one read of a terminal in raw mode. */
export function readKeys(chunk: string): Key[] {
  return Array.from(chunk.matchAll(KEY), ([text]) => {
    const kind = Object.hasOwn(SEQUENCES, text) ? SEQUENCES[text] : undefined
    if (kind !== undefined && kind !== 'letter') return { kind } as Key
    return isControl(text) ? { kind: 'other' } : { kind: 'letter', letter: text }
  })
}

function isControl(text: string): boolean {
  return text.startsWith('\x1b') || /^\p{Cc}$/u.test(text)
}
