import type { CliIo } from './io.ts'
import { type Key, readKeys } from './keys.ts'

/** The terminal while a program of ours reads single keys from it. */
export type RawTerminal = {
  /** Gives the terminal back as it was; further calls do nothing. */
  leave(): void
}

/** Alternate screen, no cursor, no folding of rows that a terminal counts otherwise than we do. */
const SCREEN_ON = '\x1b[?1049h\x1b[?25l\x1b[?7l\x1b[2J'
const SCREEN_OFF = '\x1b[?7h\x1b[?25h\x1b[?1049l'

/**
 * Reads single keys, each read of the terminal as one list. @param whole takes the whole screen as well
 */
export function enterRaw(io: CliIo, whole: boolean, onKeys: (keys: Key[]) => void): RawTerminal {
  const { stdin, stdout } = io
  const listener = (chunk: string | Buffer) => onKeys(readKeys(chunk.toString()))
  let inside = true
  stdin.setRawMode(true)
  stdin.setEncoding('utf8')
  stdin.on('data', listener)
  stdin.resume()
  if (whole) stdout.write(SCREEN_ON)
  const leave = () => {
    if (!inside) return
    inside = false
    process.off('exit', leave)
    stdin.off('data', listener)
    stdin.pause()
    try {
      stdin.setRawMode(false)
      if (whole) stdout.write(SCREEN_OFF)
    } catch {
      // The window was closed: there is no terminal left to restore.
    }
  }
  // However the process ends, the person's shell gets a terminal that works.
  process.on('exit', leave)
  return { leave }
}

/** Draws rows over the whole screen without a flicker; `done` once the terminal has them. */
export function drawScreen({ stdout }: CliIo, rows: readonly string[], done: () => void): void {
  stdout.write(`\x1b[H${rows.map(row => `${row}\x1b[K`).join('\r\n')}\x1b[J`, () => done())
}

/** Rings and puts our own words in the title of the window, where the terminal is more than a dumb one. */
export function ring({ stdout, variables }: CliIo, waiting: number): void {
  if ((variables.TERM ?? 'dumb') === 'dumb') return
  stdout.write(`\x07\x1b]0;KosmoKrator: ${waiting} waiting\x07`)
}
