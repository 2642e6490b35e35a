import type { Socket } from 'node:net'
import { createInterface } from 'node:readline'
import type { ChannelOptions } from 'birpc'
import { decode, encode } from '../page/codec.ts'

/** How birpc speaks over a socket: one structured clone a line. */
export function lineChannel(socket: Socket): ChannelOptions {
  const lines = createInterface(socket)
  // The other side may be killed; whoever waits for it is told when the socket closes.
  lines.on('error', () => undefined)
  return {
    post: (line: string) => void socket.write(`${line}\n`),
    on: listener => void lines.on('line', listener),
    serialize: encode,
    deserialize: decode,
  }
}
