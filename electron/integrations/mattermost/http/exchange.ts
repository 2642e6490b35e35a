import { Agent, type AgentOptions } from 'node:http'
import type { Duplex } from 'node:stream'
import type { SecureContext } from 'node:tls'
import { gunzip, gunzipSync } from 'node:zlib'
import { startDeadline } from '../../deadline.ts'
import { direct } from './direct.ts'
import type { Outgoing, Progress, Way } from './transport.ts'
import { explainTransportFault, type TransportFault } from './transport-fault.ts'
import type { TunnelOptions } from './tunnel-agent.ts'

/** What came of one request: an answer of whatever status, or none. */
export type Exchange =
  | { kind: 'answer'; status: number; headers: Record<string, string>; body: Buffer }
  | { kind: 'fault'; fault: TransportFault; sent: boolean }

const KEEP_ALIVE: AgentOptions = {
  keepAlive: true,
  // Mattermost closes idle connections after 60 s; ours go earlier, so that none is used that is just closing.
  timeout: 25_000,
  scheduling: 'lifo',
  // As many as there are requests at once: to close one and open another for the next takes longer than to ask.
  maxFreeSockets: 16,
  // For each address of a name but the last. Node's quarter of a second gives up addresses that are only far away, and a
  // first packet that was lost is sent again after a second.
  autoSelectFamilyAttemptTimeout: 1_500,
}

/** A compressed body of up to this size is unpacked at once: to have another thread do it takes five times as long. */
const SMALL_BYTES = 64 * 1024

/** A page of posts in one piece. */
const CHUNK_BYTES = 64 * 1024

export type ExchangerOptions = {
  /** For a server of https, and only there: authorities and the client's own certificate. */
  context?: SecureContext | undefined
  /** Through which a server of https is reached. */
  proxy?: URL | undefined
  /** In the place of the network, for plain http. */
  connect?: (() => Duplex) | undefined
}

/** Sends single requests over kept-alive connections. No retries, no redirects, no cookies, no judgement. */
export class Exchanger {
  readonly #way: Way | Promise<Way>

  constructor({ context, proxy, connect }: ExchangerOptions) {
    this.#way = context === undefined ? plainWay(connect) : secureWay(context, proxy)
  }

  async exchange(outgoing: Outgoing): Promise<Exchange> {
    const progress: Progress = { sent: false }
    const deadline = startDeadline(outgoing.signal, outgoing.deadlineMs)
    try {
      const { agent, send } = await this.#way
      // What was cancelled before, e.g. while it waited for its turn, is not sent.
      deadline.signal.throwIfAborted()
      const headers = { accept: 'application/json', 'accept-encoding': 'gzip', ...outgoing.headers }
      const { signal } = deadline
      const reply = await send({ outgoing: { ...outgoing, headers }, agent, signal }, progress)
      const received = plainHeaders(reply.headers)
      const body = await decompress(reply.body, received['content-encoding'], outgoing.maxBytes)
      return { kind: 'answer', status: reply.status, headers: received, body }
    } catch (error) {
      const fault = explainTransportFault(deadline.reason() ?? error, outgoing.deadlineMs, progress.sent)
      return { kind: 'fault', fault, sent: progress.sent }
    } finally {
      deadline.clear()
    }
  }

  async close(): Promise<void> {
    const { agent } = await this.#way
    agent.destroy()
  }
}

function plainWay(connect: ExchangerOptions['connect']): Way {
  const agent = new Agent(KEEP_ALIVE)
  return {
    agent: connect === undefined ? agent : Object.assign(agent, { createConnection: connect }),
    send: direct,
  }
}

/** With all that TLS needs, which is loaded only for a server that has it: it is an eighth of a gateway's memory. */
function secureWay(secureContext: SecureContext, proxy: URL | undefined): Way | Promise<Way> {
  const options = { ...KEEP_ALIVE, secureContext, rejectUnauthorized: true }
  if (proxy !== undefined) {
    const loading = proxiedWay(proxy, options)
    // Told by the first request.
    loading.catch(() => undefined)
    return loading
  }
  const https = process.getBuiltinModule('node:https')
  return { agent: new https.Agent(options), send: direct }
}

/** Loaded only where there is one: few have a proxy, and everybody would pay for it. */
async function proxiedWay(proxy: URL, options: TunnelOptions): Promise<Way> {
  const { throughProxy } = await import('./through-proxy.ts')
  return throughProxy(proxy, options)
}

function plainHeaders(headers: object): Record<string, string> {
  const plain: Record<string, string> = {}
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined && value !== null) plain[name.toLowerCase()] = String(value)
  }
  return plain
}

async function decompress(body: Buffer, encoding: string | undefined, maxBytes: number): Promise<Buffer> {
  const name = encoding?.trim().toLowerCase() ?? ''
  if (name === '' || name === 'identity' || body.length === 0) return body
  if (name !== 'gzip' && name !== 'x-gzip') {
    throw Object.assign(new Error('unasked encoding'), { code: 'UNASKED_ENCODING' })
  }
  const options = { maxOutputLength: maxBytes, chunkSize: CHUNK_BYTES }
  if (body.length <= SMALL_BYTES) return gunzipSync(body, options)
  return new Promise((resolve, reject) => {
    gunzip(body, options, (error, whole) => (error ? reject(error) : resolve(whole)))
  })
}
