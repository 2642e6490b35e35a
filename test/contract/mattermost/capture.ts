import { connect, type Socket } from 'node:net'

export type Captured = { bytes: Buffer; ended: 'politely' | 'reset' | 'open' }

/** Sends one request that asks for the connection to be closed and takes down every byte that comes back. */
export function capture(
  origin: string,
  request: { method: string; path: string; token: string; body?: string; headers?: Record<string, string> },
  options: { until?: (soFar: Buffer) => boolean } = {},
): Promise<Captured> {
  const url = new URL(origin)
  const socket = connect(Number(url.port), url.hostname)
  const pieces: Buffer[] = []
  return new Promise(resolve => {
    const finish = (ended: Captured['ended']): void => resolve({ bytes: Buffer.concat(pieces), ended })
    socket.on('data', piece => {
      pieces.push(piece)
      if (options.until?.(Buffer.concat(pieces)) !== true) return
      finish('open')
      socket.destroy()
    })
    socket.on('error', () => finish('reset'))
    socket.on('end', () => finish('politely'))
    socket.on('close', () => finish('politely'))
    writeRequest(socket, url, request)
  })
}

function writeRequest(socket: Socket, url: URL, request: Parameters<typeof capture>[1]): void {
  const body = Buffer.from(request.body ?? '')
  const lines = [
    `${request.method} ${request.path} HTTP/1.1`,
    `Host: ${url.host}`,
    'Connection: close',
    `Authorization: Bearer ${request.token}`,
    `Content-Length: ${body.length}`,
    ...Object.entries(request.headers ?? {}).map(([name, value]) => `${name}: ${value}`),
  ]
  socket.write(`${lines.join('\r\n')}\r\n\r\n`)
  socket.write(body)
}
