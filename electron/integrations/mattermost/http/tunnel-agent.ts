import https, { type AgentOptions, type RequestOptions } from 'node:https'
import type { Duplex } from 'node:stream'
import type { SecureContext } from 'node:tls'
import { CONNECT_DEADLINE_MS, connectDeadline } from './transport.ts'
import { openTunnel } from './tunnel.ts'

type Created = (error: Error | null, socket?: Duplex) => void

export type TunnelOptions = AgentOptions & {
  secureContext: SecureContext
  /** Until a connection stands, with tunnel and TLS, in milliseconds. */
  connectMs?: number
}

/** An agent whose connections all go through a proxy, and are kept like any other's. */
export class TunnelAgent extends https.Agent {
  readonly #proxy: URL
  readonly #context: SecureContext
  readonly #connectMs: number

  constructor(proxy: URL, { connectMs = CONNECT_DEADLINE_MS, ...options }: TunnelOptions) {
    super(options)
    this.#proxy = proxy
    this.#context = options.secureContext
    this.#connectMs = connectMs
  }

  override createConnection(options: RequestOptions, created: Created): undefined {
    this.#open(options).then(
      socket => created(null, socket),
      error => created(error instanceof Error ? error : new Error('no connection')),
    )
  }

  /** With TLS and all, or not at all: a request that gets a socket can have reached the server. */
  async #open(options: RequestOptions): Promise<Duplex> {
    const { host, port } = options
    const target = `${host?.includes(':') === true ? `[${host}]` : host}:${port}`
    const late = new AbortController()
    const timer = setTimeout(() => late.abort(connectDeadline()), this.#connectMs)
    try {
      const { signal } = late
      const socket = await openTunnel({ proxy: this.#proxy, target, context: this.#context, signal })
      const secure = super.createConnection({ ...options, socket } as RequestOptions)
      if (secure === null || secure === undefined) throw new Error('no connection')
      await made(secure, signal)
      return secure
    } finally {
      clearTimeout(timer)
    }
  }
}

function made(secure: Duplex, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => secure.destroy(signal.reason)
    signal.addEventListener('abort', stop)
    // Not only until then: nobody else listens while the socket changes hands.
    secure.on('error', reject)
    secure.once('secureConnect', resolve)
    secure.once('close', () => reject(Object.assign(new Error('closed'), { code: 'ECONNRESET' })))
  })
}
