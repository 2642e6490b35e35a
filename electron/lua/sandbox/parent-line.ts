import { readSync, writeSync } from 'node:fs'
import type * as z from 'zod'
import type { fromSandbox } from '../../../shared/protocol/lua-messages.ts'
import { toSandbox } from '../../../shared/protocol/lua-messages.ts'

const [STDIN, STDOUT] = [0, 1]
const LINE_FEED = 10

type Told = z.input<typeof fromSandbox>
type Heard = z.output<typeof toSandbox>

/** The process that started this one, spoken to in lines of JSON. Waiting for it waits: Lua stands still meanwhile. */
export type ParentLine = {
  tell(message: Told): void
  /** The next message; undefined once the parent is gone. */
  hear(): Heard | undefined
}

/** Speaks on stdin and stdout. */
export function openParentLine(): ParentLine {
  let buffered: Buffer = Buffer.alloc(0)
  const chunk = Buffer.alloc(65_536)
  const readLine = (): Buffer | undefined => {
    const pieces: Buffer[] = []
    for (;;) {
      const end = buffered.indexOf(LINE_FEED)
      if (end !== -1) {
        pieces.push(buffered.subarray(0, end))
        buffered = buffered.subarray(end + 1)
        return Buffer.concat(pieces)
      }
      pieces.push(buffered)
      const size = readSome(chunk)
      if (size === 0) return undefined
      buffered = Buffer.from(chunk.subarray(0, size))
    }
  }
  return {
    tell(message) {
      let left = Buffer.from(`${JSON.stringify(message)}\n`)
      while (left.length > 0) left = left.subarray(writeSync(STDOUT, left))
    },
    hear() {
      const line = readLine()
      return line === undefined ? undefined : toSandbox.parse(JSON.parse(line.toString('utf8')))
    },
  }
}

function readSome(chunk: Buffer): number {
  try {
    return readSync(STDIN, chunk)
  } catch (error) {
    // Windows tells the end of a pipe so.
    if (error instanceof Error && 'code' in error && error.code === 'EOF') return 0
    throw error
  }
}
