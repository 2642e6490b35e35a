import type { ServeOptions } from '../../shared/protocol/hello.ts'
import { brokerAddress, currentFolder } from '../broker/home.ts'
import { LineSplitter } from '../broker/wire/line-splitter.ts'
import { keepHeapSmall } from '../gateway/engine.ts'
import { ClientSession, type GatewayLink } from '../gateway/stdio/client-session.ts'
import { Brake, MAX_UNREAD_BYTES } from './back-pressure.ts'
import { BrokerLink } from './broker-link.ts'
import { EXIT } from './exit-codes.ts'
import { loadSoloGateway } from './lazy-programs.ts'
import { LineWriter } from './line-writer.ts'
import { isWriteTool, staticAnswers } from './static-answers.ts'

/**
 * Loading the gateway holds everything up for a tenth of a second: not before the answer to `tools/list` has left, and
 * not in the face of a client that only looked and leaves at once.
 */
const LOAD_AFTER_MS = 30

/** A line longer than this is refused and passed over. */
const MAX_LINE_BYTES = 4 * 1024 * 1024

/**
 * After the end of input, calls that are at work have this long to be answered: scripts are piped in whole, a server may be
 * far away, and a broker may have to start a gateway first. Libraries of clients send SIGTERM after two seconds.
 */
const LAST_ANSWERS_MS = 1_000

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
  let inputEnded = false
  let leaving = false
  let solo = false
  let isUnread = false
  const input = new Brake(stdin)
  const broker = new BrokerLink({
    address: brokerAddress(process.env, process.platform),
    options,
    from: { pid: process.pid, parent: process.ppid, workspace: currentFolder(), variables: process.env },
    isWrite: isWriteTool,
    onWrite: write => session.change(staticAnswers({ ...options, write }, true)),
    onAnswer: answer => session.passOn(answer),
    onFull: full => input.set('broker', full),
  })
  const session = new ClientSession({
    write,
    meet: (client, met) =>
      broker.meet(client, meeting => {
        solo = meeting.kind === 'solo'
        met(
          meeting.kind === 'solo'
            ? staticAnswers(options, false)
            : staticAnswers({ ...options, write: meeting.write }, true),
        )
        input.set('held', false)
      }),
    openGateway(client, send): GatewayLink {
      if (!solo) {
        keepHeapSmall()
        return broker.openGateway(send)
      }
      const { openSoloGateway } = loadSoloGateway()
      return openSoloGateway(options, client, process.env, send, report)
    },
    soon: start => setTimeout(start, LOAD_AFTER_MS),
    onSettled: () => {
      if (leaving) exitWhenAnswered()
    },
  })
  const lines = new LineSplitter(
    MAX_LINE_BYTES,
    line => session.receive(line),
    () => session.receiveTooLong(),
  )

  /** Where calls are under way their answers may come together; a client that waits for one alone gets it at once. */
  function write(line: string): void {
    output.write(line)
    if (session.inFlight === 0) output.flush()
  }

  function take(chunk: Buffer): void {
    lines.push(chunk)
    input.set('held', session.heldBytes > MAX_UNREAD_BYTES)
  }

  const output = new LineWriter(stdout, () => {
    if (stdout.writableLength > MAX_UNREAD_BYTES) setUnread(true)
  })

  /** While the client reads more slowly than we write, nothing more is read that we would have to write. */
  function setUnread(full: boolean): void {
    if (full === isUnread) return
    isUnread = full
    input.set('client', full)
    broker.setPaused(full)
    if (full) stdout.once('drain', () => setUnread(false))
  }

  function exit(code: number): void {
    output.flush()
    session.close()
    broker.close()
    process.exit(code)
  }

  /** Ends once every call has its answer and every answer has left. */
  function exitWhenAnswered(): void {
    if (session.inFlight > 0) return
    output.flush()
    stdout.write('', () => exit(EXIT.ok))
  }

  /** Ends once what is written has been read, however slowly; a reader that is gone shows as an error of stdout. */
  function exitWhenRead(): void {
    output.flush()
    stdout.write('', () => exit(EXIT.ok))
    setTimeout(() => exit(EXIT.ok), LAST_READING_MS)
  }

  function endOfInput(): void {
    if (inputEnded) return
    inputEnded = true
    session.endOfInput(() => {
      leaving = true
      exitWhenAnswered()
      // Counted from when the loop turns again: loading the gateway for a piped script takes part of a second.
      setImmediate(() => setTimeout(exitWhenRead, LAST_ANSWERS_MS))
    })
  }

  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => exit(EXIT.ok))
  process.on('uncaughtException', error => {
    report(`fatal: ${error instanceof Error ? error.name : 'unknown fault'}`)
    exit(EXIT.failure)
  })
  // The client closed its end: nobody is left to answer.
  stdout.on('error', () => exit(EXIT.ok))
  stdin.on('data', take)
  stdin.on('end', endOfInput)
  stdin.on('close', endOfInput)
  stdin.on('error', () => exit(EXIT.ok))
}

function report(line: string): void {
  process.stderr.write(`kosmo: ${line}\n`)
}
