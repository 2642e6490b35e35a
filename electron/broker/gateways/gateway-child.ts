import { type ChildProcess, spawn } from 'node:child_process'
import type { Socket } from 'node:net'
import { KosmoError } from '../../../shared/errors.ts'
import {
  type BrokerMethods,
  brokerMethods,
  gatewayMethods,
} from '../../../shared/protocol/gateway-methods.ts'
import type { Remote } from '../../../shared/protocol/method-table.ts'
import { canHandOver, handOver, onLeft } from '../wire/hand-over.ts'
import { ipcChannel } from '../wire/ipc-channel.ts'
import { openPeer, type Peer } from '../wire/peer.ts'

/** How a gateway is started; `variables` is its whole environment. */
export type GatewayCommand = {
  command: string
  args: string[]
  variables: Record<string, string | undefined>
}

/** A gateway whose client is gone may finish what has left; one that hangs is killed after this long. */
const KILL_AFTER_MS = 45_000

/** One gateway process, with or without a client yet. */
export class GatewayChild {
  readonly #child: ChildProcess
  readonly #peer: Peer<typeof gatewayMethods>
  #session: BrokerMethods | undefined
  #ended = false
  /** Settles once the process is gone. */
  readonly gone: Promise<void>
  /** Settles once everything in it is loaded, or it is gone. */
  readonly loaded: Promise<void>

  constructor({ command, args, variables }: GatewayCommand, report: (line: string) => void) {
    // Its errors go where ours go; a token is never in its arguments or its environment.
    this.#child = spawn(command, args, {
      env: variables,
      stdio: ['pipe', 'pipe', 'inherit', 'ipc'],
      windowsHide: true,
    })
    this.gone = new Promise(resolve => {
      this.#child.once('exit', () => resolve())
      // Without a process there is no exit.
      this.#child.once('error', error => {
        report(`a gateway could not be started or reached: ${error.name}`)
        if (this.#child.pid === undefined) resolve()
      })
    })
    this.#child.stdin?.on('error', () => undefined)
    this.#child.stdout?.on('error', () => undefined)
    this.#peer = openPeer({
      channel: ipcChannel(this.#child, why => {
        report(`a gateway sent ${why} and is ended`)
        this.#kill('SIGKILL')
      }),
      local: brokerMethods,
      handlers: this.#handlers(),
      remote: gatewayMethods,
      report,
    })
    void this.gone.then(() => this.#peer.close())
    // Answered by what is loaded last.
    this.loaded = this.#peer.remote.loaded({}).then(
      () => undefined,
      () => undefined,
    )
  }

  get isAlive(): boolean {
    return (
      !this.#ended &&
      this.#child.pid !== undefined &&
      this.#child.exitCode === null &&
      this.#child.signalCode === null
    )
  }

  get pid(): number {
    return this.#child.pid ?? 0
  }

  /** What the broker may ask of it. */
  get remote(): Remote<typeof gatewayMethods> {
    return this.#peer.remote
  }

  /**
   * Gives it a client: its session answers from now on, and the connection is the gateway's. `left` is called when the
   * client has left; that the gateway is gone is told by `gone` alone.
   */
  serve(session: BrokerMethods, socket: Socket, rest: Buffer, left: () => void): void {
    this.#session = session
    if (!canHandOver(process.platform)) return this.#relay(socket, rest, left)
    onLeft(this.#child, left)
    handOver(this.#child, socket, rest)
  }

  /** The socket's bytes go through us. */
  #relay(socket: Socket, rest: Buffer, left: () => void): void {
    const { stdin, stdout } = this.#child
    // Undefined, whatever the types say, where there were no files left for pipes.
    if (!stdin || !stdout) return void socket.destroy()
    socket.once('close', left)
    if (rest.length > 0) stdin.write(rest)
    socket.pipe(stdin)
    stdout.pipe(socket)
  }

  /** Ends it: at once where it has nothing on its way, and in any case within a while. */
  end(): void {
    if (this.#ended) return
    this.#ended = true
    // A spare reads nothing yet and has nothing on its way.
    if (this.#session === undefined) this.#kill('SIGTERM')
    else this.#child.stdin?.end()
    const timer = setTimeout(() => this.#kill('SIGKILL'), KILL_AFTER_MS)
    timer.unref()
    void this.gone.then(() => clearTimeout(timer))
  }

  /** Of a process that could not be started Node may take 0 for its id: the signal goes to all of our group then. */
  #kill(signal: NodeJS.Signals): void {
    if (this.#child.pid !== undefined) this.#child.kill(signal)
  }

  /** A spare has no client, so it has nothing to ask. */
  #handlers(): BrokerMethods {
    const answer = (name: keyof BrokerMethods) => (params: unknown) => {
      const session = this.#session
      if (session === undefined) throw new KosmoError('internal', 'This gateway has no client yet.')
      return session[name](params as never)
    }
    return Object.fromEntries(
      Object.keys(brokerMethods).map(name => [name, answer(name as keyof BrokerMethods)]),
    ) as BrokerMethods
  }
}
