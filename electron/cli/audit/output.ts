/** Where a command prints to. `closed` is aborted once nobody reads any more, as with `| head`. */
export type Output = { print(text: string): void; closed: AbortSignal; flushed(): Promise<void> }

/** stdout; a reader that left is an end, not an error. Anything else that goes wrong is thrown by `flushed`. */
export function openOutput(stdout: NodeJS.WriteStream): Output & { close(): void } {
  const closed = new AbortController()
  let fault: Error | undefined
  const onError = (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') fault ??= error
    closed.abort()
  }
  stdout.on('error', onError)
  return {
    closed: closed.signal,
    print(text) {
      if (!closed.signal.aborted) stdout.write(text)
    },
    async flushed() {
      await new Promise<void>(done => {
        if (closed.signal.aborted) done()
        else stdout.write('', () => done())
      })
      if (fault !== undefined) throw fault
    },
    // The listener stays where the pipe broke: the stream may say so once more.
    close: () => void (closed.signal.aborted || stdout.off('error', onError)),
  }
}
