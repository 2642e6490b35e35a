import type { RequestOptions } from 'node:http'
import http from 'node:http'
import https from 'node:https'
import type { Duplex } from 'node:stream'
import type { SecureContext } from 'node:tls'
import { gunzip } from 'node:zlib'
import type { AxiosProxyConfig } from 'axios'
import httpAdapter from 'axios/unsafe/adapters/http.js'
import { startDeadline } from '../../deadline.ts'
import { explainTransportFault, type TransportFault } from './transport-fault.ts'

export type Method = 'GET' | 'POST'

export type Outgoing = {
  method: Method
  url: string
  headers: Record<string, string>
  body?: string | undefined
  signal: AbortSignal
  /** For the whole exchange, in milliseconds. */
  deadlineMs: number
  /** Of the decompressed body. */
  maxBytes: number
}

/** What came of one request: an answer of whatever status, or none. */
export type Exchange =
  | { kind: 'answer'; status: number; headers: Record<string, string>; body: Buffer }
  | { kind: 'fault'; fault: TransportFault; sent: boolean }

/** Until TCP, proxy and TLS stand, in milliseconds. */
const CONNECT_DEADLINE_MS = 5_000

/** Mattermost closes idle connections after 60 s; ours go earlier, so that none is used that is just closing. */
const IDLE_MS = 25_000

const MAX_HEADER_BYTES = 32_768

/** The adapter alone is called: the merging and transforming around it takes nearly as long, and changes nothing of ours. */
const PLAIN = {
  responseType: 'arraybuffer',
  // Decompressed below, strictly: a cut gzip stream must not pass for a whole one.
  decompress: false,
  maxRedirects: 0,
  validateStatus: null,
} as const

export type ExchangerOptions = {
  /** For https: authorities and the client's own certificate. */
  context?: SecureContext | undefined
  /** Where one is set; else the environment's is used, and with `false` none. */
  proxy?: AxiosProxyConfig | false | undefined
  /** In the place of the network, for plain http. */
  connect?: (() => Duplex) | undefined
}

/** Sends single requests over kept-alive connections. No retries, no redirects, no cookies, no judgement. */
export class Exchanger {
  readonly #agents: { httpAgent: http.Agent; httpsAgent: https.Agent }

  readonly #proxy: AxiosProxyConfig | false | undefined

  constructor({ context, proxy, connect }: ExchangerOptions) {
    this.#proxy = proxy
    const keepAlive = { keepAlive: true, timeout: IDLE_MS, scheduling: 'lifo' as const, maxFreeSockets: 8 }
    this.#agents = {
      httpAgent: Object.assign(new http.Agent(keepAlive), connect && { createConnection: connect }),
      httpsAgent: new https.Agent({ ...keepAlive, ...(context && { secureContext: context }) }),
    }
  }

  async exchange(outgoing: Outgoing): Promise<Exchange> {
    const progress = { sent: false }
    const deadline = startDeadline(outgoing.signal, outgoing.deadlineMs)
    try {
      // The adapter would send what was cancelled before, e.g. while it waited for its turn, and say that it was not.
      deadline.signal.throwIfAborted()
      const reply = await httpAdapter({
        ...this.#agents,
        ...PLAIN,
        url: outgoing.url,
        method: outgoing.method,
        headers: { accept: 'application/json', 'accept-encoding': 'gzip', ...outgoing.headers },
        data: outgoing.body,
        signal: deadline.signal,
        ...(this.#proxy !== undefined && { proxy: this.#proxy }),
        maxContentLength: outgoing.maxBytes,
        maxBodyLength: 2 * 1024 * 1024,
        transport: watchedTransport(outgoing.url, progress),
      })
      const headers = plainHeaders(reply.headers)
      const body = await decompress(reply.data, headers['content-encoding'], outgoing.maxBytes)
      return { kind: 'answer', status: reply.status, headers, body }
    } catch (error) {
      const fault = explainTransportFault(deadline.reason() ?? error, outgoing.deadlineMs)
      return { kind: 'fault', fault, sent: progress.sent }
    } finally {
      deadline.clear()
    }
  }

  close(): void {
    this.#agents.httpAgent.destroy()
    this.#agents.httpsAgent.destroy()
  }
}

/** Node's own transport, with a deadline for connecting and a note of whether anything can have reached the server. */
function watchedTransport(url: string, progress: { sent: boolean }) {
  const { request } = url.startsWith('https:') ? https : http
  return {
    request(
      options: RequestOptions,
      onResponse: (response: http.IncomingMessage) => void,
    ): http.ClientRequest {
      const outgoing = request({ ...options, maxHeaderSize: MAX_HEADER_BYTES }, onResponse)
      outgoing.once('socket', socket => {
        if (!socket.connecting) {
          progress.sent = true
          return
        }
        const timer = setTimeout(() => {
          outgoing.destroy(Object.assign(new Error('connect deadline'), { code: 'CONNECT_DEADLINE' }))
        }, CONNECT_DEADLINE_MS)
        const connected = () => {
          clearTimeout(timer)
          progress.sent = true
        }
        socket.once('encrypted' in socket ? 'secureConnect' : 'connect', connected)
        socket.once('close', () => clearTimeout(timer))
      })
      return outgoing
    },
  }
}

function plainHeaders(headers: object): Record<string, string> {
  const plain: Record<string, string> = {}
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined && value !== null) plain[name.toLowerCase()] = String(value)
  }
  return plain
}

async function decompress(body: Buffer, encoding: string | undefined, maxBytes: number): Promise<Buffer> {
  if (encoding === undefined || encoding === 'identity' || body.length === 0) return body
  if (encoding.trim().toLowerCase() !== 'gzip') {
    throw Object.assign(new Error('unasked encoding'), { code: 'UNASKED_ENCODING' })
  }
  return new Promise((resolve, reject) => {
    gunzip(body, { maxOutputLength: maxBytes }, (error, whole) => (error ? reject(error) : resolve(whole)))
  })
}
