import { createServer, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'

export type ProxyAnswer = { status: number; headers?: OutgoingHttpHeaders; body?: string }

export type ForwardProxy = {
  url: string
  /** First line and headers of every request that it got, and the bytes that it could read. */
  readonly heard: string[]
  close: () => Promise<void>
}

/**
 * A proxy as companies have them. Every host leads to this machine, so that names may be made up.
 *
 * @param refuse what it answers instead of connecting
 */
export async function startForwardProxy(refuse?: ProxyAnswer): Promise<ForwardProxy> {
  const heard: string[] = []
  const sockets = new Set<Socket>()
  const listen = (request: IncomingMessage): void => {
    heard.push(`${request.method} ${request.url}\n${JSON.stringify(request.headers)}`)
  }
  const server = createServer((request, response) => {
    listen(request)
    const { status, headers, body } = refuse ?? { status: 501, body: 'this proxy only connects' }
    response.writeHead(status, headers).end(body)
  })
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    socket.once('close', () => sockets.delete(socket))
  })
  server.on('connect', (request, socket: Socket, head: Buffer) => {
    listen(request)
    if (refuse !== undefined) {
      const { status, headers = {}, body = '' } = refuse
      const lines = Object.entries({ ...headers, 'content-length': body.length }).map(([name, value]) => {
        return `${name}: ${String(value)}\r\n`
      })
      socket.end(`HTTP/1.1 ${status} Refused\r\n${lines.join('')}\r\n${body}`)
      return
    }
    const there = connect(Number(request.url?.split(':').at(-1)), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
      there.write(head)
      there.pipe(socket)
      socket.on('data', piece => heard.push(piece.toString('latin1'))).pipe(there)
    })
    sockets.add(there)
    there.on('error', () => socket.destroy())
    socket.once('close', () => there.destroy())
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    heard,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
}
