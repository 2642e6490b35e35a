import http from 'node:http'
import https from 'node:https'
import type { Duplex } from 'node:stream'
import type { SecureContext } from 'node:tls'
import { MAX_HEADER_BYTES } from './transport.ts'

export type TunnelTo = {
  proxy: URL
  /** Host and port of the server. */
  target: string
  /** For a proxy of https. */
  context?: SecureContext | undefined
  signal: AbortSignal
}

/**
 * Has a proxy make a connection to a server. Whatever it says instead is its own: taken for an answer of the server it
 * could make up what it likes, past all of TLS.
 *
 * @throws an error with Node's codes, or `PROXY_REFUSED` with the `status` that the proxy answered
 */
export function openTunnel({ proxy, target, context, signal }: TunnelTo): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    const { protocol, hostname, port } = proxy
    const asking = (protocol === 'https:' ? https : http).request({
      method: 'CONNECT',
      hostname: hostname.replace(/^\[|\]$/g, ''),
      port,
      path: target,
      headers: { host: target, ...signIn(proxy) },
      agent: false,
      maxHeaderSize: MAX_HEADER_BYTES,
      ...(context !== undefined && { secureContext: context, rejectUnauthorized: true }),
    })
    const stop = () => asking.destroy(signal.reason)
    signal.addEventListener('abort', stop)
    asking.on('error', reject)
    asking.on('close', () => signal.removeEventListener('abort', stop))
    asking.on('connect', ({ statusCode: status = 0 }, socket: Duplex, head: Buffer) => {
      signal.removeEventListener('abort', stop)
      if (status >= 200 && status < 300 && head.length === 0) return resolve(socket)
      socket.on('error', () => undefined).destroy()
      // A server of TLS says nothing before it is spoken to.
      const code = head.length > 0 && status < 300 ? 'HPE_UNEXPECTED_DATA' : 'PROXY_REFUSED'
      reject(Object.assign(new Error('no tunnel'), { code, status }))
    })
    asking.end()
  })
}

function signIn({ username, password }: URL): Record<string, string> {
  if (username === '' && password === '') return {}
  const words = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`
  return { 'proxy-authorization': `Basic ${Buffer.from(words).toString('base64')}` }
}
