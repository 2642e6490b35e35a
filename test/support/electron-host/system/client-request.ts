import { type IncomingMessage, type RequestOptions as NodeOptions, request as plain } from 'node:http'
import { request as secure } from 'node:https'
import { NotDone, strictEmitter } from '../strict.ts'

export type RequestOptions = NodeOptions & { redirect?: 'follow' | 'error' | 'manual'; session?: unknown }

const EVENTS = ['response', 'login', 'redirect', 'error', 'abort', 'finish', 'close']
/** Node's: nothing here comes with them. */
const NEVER = ['socket', 'aborted', 'timeout']

/** Chromium's words for what Node found. */
const FAULTS: Record<string, string> = {
  ECONNREFUSED: 'ERR_CONNECTION_REFUSED',
  ECONNRESET: 'ERR_CONNECTION_RESET',
  ENOTFOUND: 'ERR_NAME_NOT_RESOLVED',
  EAI_AGAIN: 'ERR_NAME_NOT_RESOLVED',
}

/** `net.request` by Node's own client. Redirects are only told of. */
export class ClientRequest extends strictEmitter('ClientRequest', [...EVENTS, ...NEVER]) {
  readonly #request: ReturnType<typeof plain>

  constructor({ redirect = 'follow', session: _, ...options }: RequestOptions) {
    super()
    this.#request = (options.protocol === 'http:' ? plain : secure)(options)
    this.#request.on('response', response => this.#answered(response, redirect))
    this.#request.on('error', (error: NodeJS.ErrnoException) => {
      this.emit('error', new Error(`net::${FAULTS[error.code ?? ''] ?? 'ERR_FAILED'}`))
    })
  }

  end(body?: string | Buffer): this {
    this.#request.end(body)
    return this
  }

  abort(): void {
    this.#request.destroy()
    this.emit('abort')
  }

  #answered(response: IncomingMessage, redirect: RequestOptions['redirect']): void {
    const { statusCode = 0, headers } = response
    if (statusCode < 300 || statusCode > 399 || headers.location === undefined) {
      this.emit('response', response)
    } else if (redirect === 'manual') {
      this.emit('redirect', statusCode, 'GET', headers.location, headers)
    } else {
      this.emit('error', new NotDone('net.request that follows'))
    }
  }
}
