import { connect, type Socket } from 'node:net'
import { version } from '../../package.json'
import { KosmoError } from '../../shared/errors.ts'
import { type TerminalHello, type Welcome, welcomeSchema } from '../../shared/protocol/hello.ts'
import type { Handlers } from '../../shared/protocol/method-table.ts'
import { type BrokerRemote, surfaceEvents, surfaceMethods } from '../../shared/protocol/surface-methods.ts'
import { PROTOCOL } from '../../shared/protocol/version.ts'
import { faultCode } from './fault-code.ts'
import { brokerAddress } from './home.ts'
import { socketOwner } from './socket-owner.ts'
import { readFirstLine } from './wire/first-line.ts'
import { openPeer } from './wire/peer.ts'
import { socketChannel } from './wire/socket-channel.ts'

const WELCOME_WITHIN_MS = 3_000

/** The running broker, as a terminal speaks to it. */
export type BrokerClient = {
  broker: BrokerRemote
  /** The broker's version and process. */
  welcome: Extract<Welcome, { kosmo: 'welcome' }>
  /** Settles once the connection is gone. */
  closed: Promise<void>
  close(): void
}

export type ConnectOptions = {
  variables: Record<string, string | undefined>
  /** Whether a person sits at a real terminal: see `cli/terminal/person.ts`. */
  interactive: boolean
  events?: Handlers<typeof surfaceEvents>
}

/** Connects to the running broker; undefined where none runs. @throws KosmoError `unreachable` where it refuses us */
export async function connectBroker(options: ConnectOptions): Promise<BrokerClient | undefined> {
  const socket = await dial(brokerAddress(options.variables, process.platform))
  if (socket === undefined) return undefined
  const hello: TerminalHello = {
    kosmo: 'hello',
    protocol: PROTOCOL,
    version,
    as: 'terminal',
    pid: process.pid,
    interactive: options.interactive,
  }
  socket.write(`${JSON.stringify(hello)}\n`)
  const { line, rest } = await readFirstLine(socket, WELCOME_WITHIN_MS).catch((error: Error) => {
    socket.destroy()
    throw new KosmoError(
      'unreachable',
      `A KosmoKrator broker is there but does not answer: ${error.message}.`,
    )
  })
  const welcome = welcomeOrEnd(socket, line)
  const peer = openPeer({
    channel: socketChannel(socket, rest),
    local: surfaceEvents,
    handlers: options.events ?? { approvalsChanged: () => null },
    remote: surfaceMethods,
    report: () => undefined,
  })
  const closed = new Promise<void>(resolve => {
    socket.once('close', () => {
      peer.close()
      resolve()
    })
  })
  socket.resume()
  return { broker: peer.remote, welcome, closed, close: () => void socket.end() }
}

function dial(address: string): Promise<Socket | undefined> {
  return new Promise((resolve, reject) => {
    // What is said there may decide on posts, and have a token in it.
    if (socketOwner(address) === 'another') {
      const message = `What is at ${address} belongs to another user, so nothing is said to it. Remove it, or set KOSMO_HOME.`
      return reject(new KosmoError('unreachable', message))
    }
    const socket = connect(address)
    socket.once('connect', () => {
      socket.on('error', () => undefined)
      resolve(socket)
    })
    socket.once('error', error => {
      const code = faultCode(error)
      if (code === 'ENOENT' || code === 'ECONNREFUSED') return resolve(undefined)
      reject(
        new KosmoError('unreachable', `The KosmoKrator broker cannot be reached (${code} at ${address}).`),
      )
    })
  })
}

/** A connection to something that does not welcome us is of no use to anybody. */
function welcomeOrEnd(socket: Socket, line: string): Extract<Welcome, { kosmo: 'welcome' }> {
  try {
    return readWelcome(line)
  } catch (error) {
    socket.destroy()
    throw error
  }
}

function readWelcome(line: string): Extract<Welcome, { kosmo: 'welcome' }> {
  let welcome: Welcome
  try {
    welcome = welcomeSchema.parse(JSON.parse(line))
  } catch {
    throw new KosmoError('unreachable', 'What answers at the broker’s address is not a KosmoKrator broker.')
  }
  if (welcome.kosmo === 'refused') throw new KosmoError('unreachable', welcome.message)
  return welcome
}
