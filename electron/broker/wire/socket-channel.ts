import type { Socket } from 'node:net'
import { MAX_FRAME_BYTES } from '../../../shared/protocol/version.ts'
import { LineSplitter } from './line-splitter.ts'
import type { Channel } from './peer.ts'

/** Who has left this much unread, such as a terminal that was stopped with Ctrl-Z, is let go of. */
const MAX_UNREAD_BYTES = 16 * MAX_FRAME_BYTES

/** Messages as JSON lines on a socket whose hello is over. @param rest bytes that came behind the hello */
export function socketChannel(socket: Socket, rest: Buffer): Channel {
  const drop = () => void socket.destroy()
  return {
    send(message) {
      const line = `${JSON.stringify(message)}\n`
      if (socket.destroyed) return
      socket.write(line)
      if (socket.writableLength > MAX_UNREAD_BYTES) drop()
    },
    listen(listener) {
      const lines = new LineSplitter(
        MAX_FRAME_BYTES,
        line => {
          if (socket.destroyed) return
          const message = parseJson(line)
          if (message === undefined) return drop()
          listener(message)
        },
        drop,
      )
      lines.push(rest)
      socket.on('data', chunk => lines.push(Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk)))
    },
    drop,
  }
}

function parseJson(line: Buffer): unknown {
  try {
    return JSON.parse(line.toString('utf8'))
  } catch {
    return undefined
  }
}
