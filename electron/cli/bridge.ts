import type { ServeOptions } from '../gateway/serve-options.ts'
import { ClientSession, type GatewayLink } from '../gateway/stdio/client-session.ts'
import { LineSplitter } from '../gateway/stdio/line-splitter.ts'
import { EXIT } from './exit-codes.ts'
import { staticAnswers } from './static-answers.ts'

/**
 * Loading the gateway holds everything up for a tenth of a second: not before the answer to `tools/list` has left, and
 * not in the face of a client that only looked and leaves at once.
 */
const LOAD_AFTER_MS = 30

/** A line longer than this is refused and passed over. */
const MAX_LINE_BYTES = 4 * 1024 * 1024

/** While the client reads more slowly than we write, nothing more is read from it. */
const MAX_UNREAD_BYTES = 8 * 1024 * 1024

/** After the end of input, calls that are at work have this long to be answered: scripts are piped in whole. */
const LAST_ANSWERS_MS = 250

/** After that, what is written already has this long to be read. */
const LAST_READING_MS = 5_000

/**
 * Serves one client on stdin and stdout until it leaves.
 *
 * Only what the protocol needs is loaded before `tools/list` is answered: a client that waits a second for its tools
 * leaves them out without a word.
 */
export function serve(options: ServeOptions): void {
  const { stdin, stdout } = process
  let ended = false
  const session = new ClientSession({
    answers: staticAnswers(options),
    write,
    openGateway: (_client, send): GatewayLink => {
      const { openSoloGateway } = require('./solo-gateway.cjs') as typeof import('../gateway/solo-gateway.ts')
      return openSoloGateway(options, process.env, send, report)
    },
    soon: start => setTimeout(start, LOAD_AFTER_MS),
    onSettled: () => {
      if (ended) exitWhenAnswered()
    },
  })
  const lines = new LineSplitter(
    MAX_LINE_BYTES,
    line => session.receive(line),
    () => session.receiveTooLong(),
  )

  function write(line: string): void {
    stdout.write(`${line}\n`)
    if (stdout.writableLength > MAX_UNREAD_BYTES && !stdin.isPaused()) {
      stdin.pause()
      stdout.once('drain', () => stdin.resume())
    }
  }

  function exit(code: number): void {
    session.close()
    process.exit(code)
  }

  /** Ends once every call has its answer and every answer has left. */
  function exitWhenAnswered(): void {
    if (session.inFlight === 0) stdout.write('', () => exit(EXIT.ok))
  }

  /** Ends once what is written has been read, however slowly; a reader that is gone shows as an error of stdout. */
  function exitWhenRead(): void {
    stdout.write('', () => exit(EXIT.ok))
    setTimeout(() => exit(EXIT.ok), LAST_READING_MS)
  }

  function endOfInput(): void {
    if (ended) return
    ended = true
    session.endOfInput()
    exitWhenAnswered()
    // Counted from when the loop turns again: loading the gateway for a piped script takes part of a second.
    setImmediate(() => setTimeout(exitWhenRead, LAST_ANSWERS_MS))
  }

  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => exit(EXIT.ok))
  process.on('uncaughtException', error => {
    report(`fatal: ${error instanceof Error ? error.name : 'unknown fault'}`)
    exit(EXIT.failure)
  })
  // The client closed its end: nobody is left to answer.
  stdout.on('error', () => exit(EXIT.ok))
  stdin.on('data', (chunk: Buffer) => lines.push(chunk))
  stdin.on('end', endOfInput)
  stdin.on('close', endOfInput)
  stdin.on('error', () => exit(EXIT.ok))
}

function report(line: string): void {
  process.stderr.write(`kosmo: ${line}\n`)
}
