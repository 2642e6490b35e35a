import type { ChildProcess, Serializable } from 'node:child_process'
import { isHandOver } from './hand-over.ts'
import type { Channel } from './peer.ts'

/** Messages over the private channel between the broker and a gateway that it has started. */
export function ipcChannel(other: ChildProcess | NodeJS.Process, drop: (why: string) => void): Channel {
  return {
    send(message) {
      // Who is gone gets nothing; that it is gone is told by its exit.
      if (other.connected) other.send?.(message as Serializable, undefined, {}, () => undefined)
    },
    listen(listener) {
      other.on('message', (message: unknown) => {
        if (!isHandOver(message)) listener(message)
      })
    },
    drop,
  }
}
