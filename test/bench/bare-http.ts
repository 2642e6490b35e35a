import { Agent, request } from 'node:http'
import type { Account } from '../setup/launch.ts'

/** The same request again and again over kept-alive connections, by nothing but node:http: what ours is added to. */
export class BareHttp {
  readonly #agent = new Agent({ keepAlive: true, scheduling: 'lifo' })
  readonly #server: Account

  constructor(server: Account) {
    this.#server = server
  }

  /** Sends a request and reads its whole answer as JSON. @param path below `/api/v4` */
  send(path: string, body?: unknown): Promise<unknown> {
    const { url, token } = this.#server
    const text = body === undefined ? undefined : JSON.stringify(body)
    return new Promise((resolve, reject) => {
      const outgoing = request(
        `${url}/api/v4${path}`,
        {
          agent: this.#agent,
          method: text === undefined ? 'GET' : 'POST',
          headers: { authorization: `Bearer ${token}`, ...(text && { 'content-type': 'application/json' }) },
        },
        incoming => {
          const pieces: Buffer[] = []
          incoming.on('data', (piece: Buffer) => pieces.push(piece))
          incoming.on('end', () => {
            const { statusCode = 0 } = incoming
            if (statusCode >= 300) reject(new Error(`${path}: HTTP ${statusCode}`))
            else resolve(JSON.parse(Buffer.concat(pieces).toString()))
          })
        },
      )
      outgoing.on('error', reject)
      outgoing.end(text)
    })
  }

  close(): void {
    this.#agent.destroy()
  }
}
