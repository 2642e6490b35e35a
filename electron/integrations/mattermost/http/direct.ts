import http from 'node:http'
import type { Transport } from './transport.ts'
import { MAX_HEADER_BYTES, unaskedUpgrade, watchSending } from './transport.ts'

/** Straight to the server by Node's own client: it takes half of the time that a library around it does. */
export const direct: Transport = ({ outgoing, agent, signal }, progress) =>
  new Promise((resolve, reject) => {
    const { method, headers, body, maxBytes } = outgoing
    const { protocol, hostname, port, pathname, search } = new URL(outgoing.url)
    const client = protocol === 'https:' ? process.getBuiltinModule('node:https') : http
    const request = client.request({
      method,
      // An IPv6 address stands in brackets only in a URL.
      hostname: hostname.replace(/^\[|\]$/g, ''),
      port,
      path: pathname + search,
      headers,
      agent,
      maxHeaderSize: MAX_HEADER_BYTES,
    })
    const stop = (error: unknown) => {
      reject(error)
      request.destroy()
    }
    // The signal is this exchange's own, and goes with it.
    signal.addEventListener('abort', () => stop(signal.reason))
    watchSending(request, progress)
    request.on('error', reject)
    request.on('upgrade', () => stop(unaskedUpgrade()))
    request.on('response', response => {
      const chunks: Buffer[] = []
      let bytes = 0
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length
        if (bytes > maxBytes) stop(Object.assign(new Error('too large'), { code: 'ERR_BUFFER_TOO_LARGE' }))
        else chunks.push(chunk)
      })
      response.on('error', reject)
      response.on('end', () => {
        const { statusCode: status = 0, headers: received } = response
        resolve({ status, headers: received, body: whole(chunks) })
      })
    })
    request.end(body)
  })

function whole(chunks: Buffer[]): Buffer {
  const [only] = chunks
  return chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks)
}
