import type { IncomingHttpHeaders } from 'node:http'
import { STATUS_CODES } from 'node:http'
import { gzipSync } from 'node:zlib'
import { headerOf, type Reply } from './reply.ts'
import type { Settings } from './settings.ts'

// Go sends a body that fits its buffer with its length, a longer one in chunks.
const LONGEST_WITH_LENGTH = 2048

/** Compresses a reply as the server's gzip layer does: from a size on, if the client accepts it; no brotli. */
export function compressed(reply: Reply, settings: Settings, headers: IncomingHttpHeaders): Reply {
  const accepts = /\bgzip\b/.test(String(headers['accept-encoding'] ?? ''))
  const ours = headerOf(reply, 'content-encoding') === undefined && headerOf(reply, 'vary') !== undefined
  const large = reply.body.length >= settings.gzipFromBytes
  if (!settings.gzip || !accepts || !ours || !large || reply.status === 304) return reply
  return { ...reply, headers: [...reply.headers, ['Content-Encoding', 'gzip']], body: gzipSync(reply.body) }
}

/** How the length of a reply is told: by a header, or by chunks. */
export function framing(reply: Reply): [name: string, value: string] | undefined {
  if (reply.status === 304 || reply.status === 204) return undefined
  if (reply.body.length > LONGEST_WITH_LENGTH) return ['Transfer-Encoding', 'chunked']
  return ['Content-Length', String(reply.body.length)]
}

/** The head of a reply as bytes, for faults that write to the socket themselves. */
export function headBytes(
  reply: Reply,
  more: [name: string, value: string][],
  at = Date.now(),
  protocol = 'HTTP/1.1',
): Buffer {
  const lines = [`${protocol} ${reply.status} ${STATUS_CODES[reply.status] ?? 'Status'}`]
  for (const [name, value] of [...reply.headers, ...more]) lines.push(`${name}: ${value}`)
  // A client may tell the server's time by it, so it must not be what gives a fault away.
  if (headerOf(reply, 'date') === undefined) lines.push(`Date: ${new Date(at).toUTCString()}`)
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1')
}

/** A body as one chunk and the last, empty chunk. */
export function chunked(body: Buffer): Buffer {
  return Buffer.concat([chunk(body), Buffer.from('0\r\n\r\n')])
}

export function chunk(body: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`${body.length.toString(16)}\r\n`), body, Buffer.from('\r\n')])
}
