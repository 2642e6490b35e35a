import type { Channel } from '../../../electron/broker/wire/peer.ts'

export type MemoryEnd = Channel & {
  /** Why it was dropped, in order. */
  dropped: string[]
  /** Everything that was sent through it. */
  sent: unknown[]
  /** Gives its listener a message, as if the other side had sent it. */
  arrive(message: unknown): void
}

/** One end of a connection without a process: what is sent is kept, and goes to the `other` where there is one. */
export function memoryEnd(other?: () => MemoryEnd): MemoryEnd {
  const listeners: ((message: unknown) => void)[] = []
  const end: MemoryEnd = {
    dropped: [],
    sent: [],
    send(message) {
      end.sent.push(message)
      // As over a wire: nothing is shared, and it comes later.
      const copy: unknown = JSON.parse(JSON.stringify(message))
      if (other !== undefined) queueMicrotask(() => other().arrive(copy))
    },
    listen: listener => void listeners.push(listener),
    drop: why => void end.dropped.push(why),
    arrive(message) {
      for (const listener of listeners) listener(message)
    },
  }
  return end
}

/** Two ends that hear each other. */
export function memoryPair(): [MemoryEnd, MemoryEnd] {
  const first: MemoryEnd = memoryEnd(() => second)
  const second: MemoryEnd = memoryEnd(() => first)
  return [first, second]
}
