import { readFile } from 'node:fs/promises'
import { extname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { strict } from '../strict.ts'
import { ClientRequest, type RequestOptions } from './client-request.ts'

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.html': 'text/html',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
}

/** Files by Node, all else by Node's own fetch. */
export const net = strict('net', {
  fetch: async (input, init) => {
    const request = new Request(input, init)
    if (!request.url.startsWith('file:')) return fetch(request)
    const path = fileURLToPath(request.url)
    try {
      const type = TYPES[extname(path)] ?? 'application/octet-stream'
      return new Response(new Uint8Array(await readFile(path)), { headers: { 'content-type': type } })
    } catch {
      throw new Error('net::ERR_FILE_NOT_FOUND')
    }
  },
  request: (options: RequestOptions) => new ClientRequest(options) as unknown as Electron.ClientRequest,
  isOnline: () => true,
  online: true,
} satisfies Partial<Omit<Electron.Net, 'request'>> & {
  request(options: RequestOptions): Electron.ClientRequest
})
