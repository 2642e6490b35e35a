import type { Server } from 'node:http'
import { type AddressInfo, createServer, type Socket } from 'node:net'

export type Listener = { address: AddressInfo; close: () => Promise<void> }

// The first byte of a TLS handshake.
const HANDSHAKE = 0x16

/** Listens on the loopback address and knows every socket, so that closing really frees the port. */
export async function listen(http: Server, port: number, tls: boolean): Promise<Listener> {
  const sockets = new Set<Socket>()
  const outer = tls ? createServer(socket => sniff(http, socket)) : http
  outer.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    socket.once('close', () => sockets.delete(socket))
  })
  http.on('tlsClientError', () => undefined)
  await new Promise<void>((resolve, reject) => {
    outer.once('error', reject)
    outer.listen(port, '127.0.0.1', resolve)
  })
  const address = outer.address()
  if (address === null || typeof address === 'string') throw new Error('the server has no port')
  const close = (): Promise<void> => {
    return new Promise(resolve => {
      outer.close(() => resolve())
      for (const socket of sockets) socket.destroy()
    })
  }
  return { address, close }
}

/** Plain HTTP on the TLS port gets Go's own answer; everything else goes to the TLS server. */
function sniff(http: Server, socket: Socket): void {
  socket.once('data', first => {
    if (first[0] !== HANDSHAKE) {
      socket.end('HTTP/1.0 400 Bad Request\r\n\r\nClient sent an HTTP request to an HTTPS server.\n')
      return
    }
    socket.pause()
    socket.unshift(first)
    http.emit('connection', socket)
    process.nextTick(() => socket.resume())
  })
}
