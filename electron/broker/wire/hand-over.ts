import type { ChildProcess } from 'node:child_process'
import { Socket } from 'node:net'

/*
 * A client's connection goes from the broker to its gateway, so that nobody stands between the two from then on. These
 * few messages go over the private channel beside the calls of the two.
 */

const CLIENT = 'client'
const LEFT = 'client-left'

/** Whether a message is one of these, and no call. */
export function isHandOver(message: unknown): message is { kosmo: unknown; rest?: unknown } {
  return typeof message === 'object' && message !== null && 'kosmo' in message
}

/** Whether a connection can be given away: Windows has no way to do that with a named pipe. */
export function canHandOver(platform: NodeJS.Platform): boolean {
  return platform !== 'win32'
}

/** What Node keeps in a socket and says nothing about. */
type Inside = { _handle?: { readStop?(): void; close?(): void } | null; server?: unknown }

/**
 * Gives a client's connection to a gateway; what we had of it is over then. Where the gateway is gone already, so is the
 * connection.
 *
 * @param rest what has been read of it already
 */
export function handOver(gateway: ChildProcess, socket: Socket, rest: Buffer): void {
  const inside = socket as Socket & Inside
  // Paused alone it would go on reading into its own memory, and what it has there would be lost.
  const handle = inside._handle
  handle?.readStop?.()
  const pieces = [rest]
  for (let read = socket.read(); read !== null; read = socket.read()) pieces.push(read)
  // The server would ask every gateway that it ever gave one to before it closes, and wait for those that are gone.
  inside.server = null
  const message = { kosmo: CLIENT, rest: Buffer.concat(pieces).toString('base64') }
  gateway.send(message, socket, {}, () => undefined)
  // Node keeps it open until the gateway says that it has it. One that dies before says nothing, and the client would
  // wait for ever; to close it twice does nothing.
  gateway.once('exit', () => handle?.close?.())
  socket.destroy()
}

/** Takes the client's connection, once. */
export function takeOver(from: NodeJS.Process, taken: (socket: Socket, rest: Buffer) => void): void {
  from.on('message', (message: unknown, handle: unknown) => {
    if (!isHandOver(message) || message.kosmo !== CLIENT || !(handle instanceof Socket)) return
    taken(handle, Buffer.from(typeof message.rest === 'string' ? message.rest : '', 'base64'))
  })
}

/** Tells the broker that the client has left: it cannot see that any more. */
export function tellLeft(broker: NodeJS.Process): void {
  if (broker.connected) broker.send?.({ kosmo: LEFT }, undefined, {}, () => undefined)
}

/** Calls `left` when a gateway says that its client has left. */
export function onLeft(gateway: ChildProcess, left: () => void): void {
  gateway.on('message', (message: unknown) => {
    if (isHandOver(message) && message.kosmo === LEFT) left()
  })
}
