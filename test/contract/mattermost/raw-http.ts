import { request } from 'node:http'
import { request as requestTls } from 'node:https'

export type RawRequest = {
  method?: string
  /** Sent as it is: nothing normalises `..` or `//`. */
  path: string
  headers?: Record<string, string>
  body?: string | Buffer
}

export type RawReply = {
  status: number
  /** Names in lower case; a header that was sent twice has two values. */
  headers: Map<string, string[]>
  body: Buffer
  text: string
}

/** Sends one request to an origin on a connection of its own and reads the whole reply; rejects if there is none. */
export function send(origin: string, raw: RawRequest): Promise<RawReply> {
  const url = new URL(origin)
  const ask = url.protocol === 'https:' ? requestTls : request
  return new Promise((resolve, reject) => {
    const options = {
      host: url.hostname,
      port: url.port,
      path: raw.path,
      agent: false,
      headers: raw.headers ?? {},
    }
    const outgoing = ask({ ...options, method: raw.method ?? 'GET' }, incoming => {
      const pieces: Buffer[] = []
      incoming.on('data', piece => pieces.push(piece))
      incoming.on('error', reject)
      incoming.on('end', () => {
        const body = Buffer.concat(pieces)
        const headers = grouped(incoming.rawHeaders)
        resolve({ status: incoming.statusCode ?? 0, headers, body, text: body.toString('utf8') })
      })
    })
    outgoing.on('error', reject)
    outgoing.end(raw.body)
  })
}

function grouped(raw: readonly string[]): Map<string, string[]> {
  const headers = new Map<string, string[]>()
  for (let place = 0; place < raw.length; place += 2) {
    const name = (raw[place] ?? '').toLowerCase()
    headers.set(name, [...(headers.get(name) ?? []), raw[place + 1] ?? ''])
  }
  return headers
}
