import type { Socket } from 'node:net'

export type FirstLine = { line: string; rest: Buffer }

/** Long enough for every value of a hello, the account of an environment among them. */
const MAX_BYTES = 256 * 1024

/**
 * Reads a socket's first line and leaves it paused behind it, with what came besides as `rest`.
 *
 * @throws Error where it ends, takes longer than `withinMs`, or the line is too long
 */
export function readFirstLine(socket: Socket, withinMs: number): Promise<FirstLine> {
  return new Promise((resolve, reject) => {
    const pieces: Buffer[] = []
    let length = 0
    const timer = setTimeout(() => end(new Error('no hello came')), withinMs)
    const onData = (chunk: Buffer) => {
      const at = chunk.indexOf(10)
      length += at === -1 ? chunk.length : at
      if (length > MAX_BYTES) return end(new Error('the hello is too long'))
      if (at === -1) return void pieces.push(chunk)
      pieces.push(chunk.subarray(0, at))
      socket.pause()
      const first = { line: Buffer.concat(pieces).toString('utf8'), rest: chunk.subarray(at + 1) }
      end(first)
    }
    const onEnd = () => end(new Error('the connection ended'))
    function end(result: FirstLine | Error): void {
      clearTimeout(timer)
      socket.off('data', onData).off('error', onEnd).off('close', onEnd).off('end', onEnd)
      if (result instanceof Error) reject(result)
      else resolve(result)
    }
    socket.on('data', onData).on('error', onEnd).on('close', onEnd).on('end', onEnd)
  })
}
