import { Socket } from 'node:net'
import type { Readable, Writable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { brokerMethods, gatewayMethods } from '../../shared/protocol/gateway-methods.ts'
import type { ServeOptions } from '../../shared/protocol/hello.ts'
import { MAX_CLIENT_LINE_BYTES } from '../../shared/protocol/version.ts'
import { systemEnvironment } from '../broker/system-environment.ts'
import { takeOver, tellLeft } from '../broker/wire/hand-over.ts'
import { ipcChannel } from '../broker/wire/ipc-channel.ts'
import { LineSplitter } from '../broker/wire/line-splitter.ts'
import { openPeer } from '../broker/wire/peer.ts'
import { catalogue } from '../integrations/catalogue.ts'
import { type Gateway, openGateway } from './gateway.ts'
import { batchRecords } from './record-batch.ts'
import { rehearse } from './rehearse.ts'
import type { WireMessage } from './stdio/client-session.ts'

/** While the client reads more slowly than we write, nothing more is read from it. */
const MAX_UNREAD_BYTES = 8 * 1024 * 1024

/** What has left is waited for so long once the client is gone: its end belongs into the journal. */
const LAST_WRITES_MS = 40_000

/** A broker that does not take the last records by then is not waited for. */
const LAST_RECORDS_MS = 1_000

/**
 * The gateway of one client as a process of its own: the broker on the private ipc channel, and MCP on the client's
 * connection, which the broker hands over; where it cannot (Windows), on stdin and stdout.
 *
 * It is started before there is a client, loads everything and waits for `begin`. It ends with its client or with the
 * broker, whichever goes first.
 */
export function runGatewayProcess(variables: Record<string, string | undefined>): void {
  const { stdin, stdout } = process
  const environment = systemEnvironment(variables)
  let client: Client = { input: stdin, output: stdout }
  let rest: Buffer = Buffer.alloc(0)
  let gateway: Gateway | undefined
  let ending = false

  const peer = openPeer({
    channel: ipcChannel(process, why => {
      report(`the broker sent ${why}`)
      end()
    }),
    local: gatewayMethods,
    handlers: {
      loaded: () => null,
      begin: ({ options }) => begin(options),
      checkEdit: params =>
        gateway?.questions.checkEdit(params) ?? { kind: 'invalid' as const, why: 'The client has left.' },
      withdrawForm: params => gateway?.questions.withdrawForm(params) ?? null,
      accountChanged: params => gateway?.accounts.accountChanged(params) ?? null,
      writeChanged({ write }) {
        send({ jsonrpc: '2.0', method: 'kosmo/write', params: { write } })
        return null
      },
    },
    remote: brokerMethods,
    report,
  })

  const broker = batchRecords(peer.remote)

  function begin(options: ServeOptions): null {
    const opened = openGateway({ options, broker: broker.methods, environment, send, report })
    gateway = opened
    const lines = new LineSplitter(MAX_CLIENT_LINE_BYTES, line => receive(opened, line), end)
    if (rest.length > 0) lines.push(rest)
    client.input.on('data', (chunk: Buffer) => lines.push(chunk))
    return null
  }

  function receive({ link }: Gateway, line: Buffer): void {
    const message = parseObject(line)
    if (message === undefined) return end()
    if (message.method === 'kosmo/endOfInput') return link.endOfInput()
    link.receive(message)
  }

  function send(message: WireMessage): void {
    const { input, output } = client
    output.write(`${lineOf(message)}\n`)
    if (output.writableLength > MAX_UNREAD_BYTES && !input.isPaused()) {
      input.pause()
      output.once('drain', () => input.resume())
    }
  }

  /** The client has left, or the broker ends us: nobody gets an answer any more. */
  function end(): void {
    if (ending) return
    ending = true
    tellLeft(process)
    if (client.input instanceof Socket) client.input.destroy()
    gateway?.link.close()
    void exitWhenDone(() => gateway?.writesInFlight() ?? 0, broker.flush)
  }

  takeOver(process, (socket, read) => {
    client = { input: socket, output: socket }
    rest = read
    socket.on('end', end).on('close', end).on('error', end)
    // Its end alone is of interest now: the broker ends us by it.
    stdin.resume()
  })
  stdin.on('end', end).on('close', end).on('error', end)
  stdout.on('error', end)
  process.on('disconnect', () => {
    peer.close()
    end()
  })
  // A person's Ctrl-C at the broker reaches us too, and that its terminal is closed: how to end is the broker's to say.
  for (const signal of ['SIGINT', 'SIGHUP'] as const) process.on(signal, () => undefined)
  process.on('SIGTERM', end)
  void rehearse(catalogue, environment, () => (gateway?.callsAtOnce() ?? 0) > 0)
}

/** Where the client's messages come from, and where ours go. */
type Client = { input: Readable; output: Writable }

async function exitWhenDone(writes: () => number, flush: () => Promise<void>): Promise<void> {
  const until = performance.now() + LAST_WRITES_MS
  while (writes() > 0 && performance.now() < until) await sleep(20)
  await Promise.race([flush(), sleep(LAST_RECORDS_MS)])
  process.exit(0)
}

/** A result with its id in front: the bridge passes it on by that, unread. */
function lineOf({ jsonrpc, id, result, ...rest }: WireMessage): string {
  const message = result === undefined ? { jsonrpc, id, ...rest } : { jsonrpc, id, result }
  return JSON.stringify(message)
}

function parseObject(line: Buffer): WireMessage | undefined {
  try {
    const parsed: unknown = JSON.parse(line.toString('utf8'))
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)
      ? (parsed as WireMessage)
      : undefined
  } catch {
    return undefined
  }
}

function report(line: string): void {
  process.stderr.write(`kosmo gateway: ${line}\n`)
}
