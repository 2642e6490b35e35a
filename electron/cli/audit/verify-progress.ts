/** Where progress is told: a terminal, or something that is none. */
export type ProgressLine = { isTTY?: boolean; write(text: string): unknown }

/** A check that is over sooner needs no telling. */
const QUIET_MS = 1_000

/**
 * Tells on one line of a terminal how far a check has come, once it takes longer than a second; elsewhere nothing.
 * `done` and `total` are bytes, `now` gives milliseconds; `end` takes the line away.
 */
export function verifyProgress(terminal: ProgressLine, now: () => number) {
  const began = now()
  let told: number | undefined
  return {
    on(done: number, total: number): void {
      if (terminal.isTTY !== true || total === 0 || now() - began < QUIET_MS) return
      const percent = Math.min(99, Math.floor((done / total) * 100))
      if (percent === told) return
      told = percent
      terminal.write(`\r\x1b[KVerifying the audit log: ${percent} % of ${megabytes(total)} MB …`)
    },
    end(): void {
      if (told !== undefined) terminal.write('\r\x1b[K')
    },
  }
}

function megabytes(bytes: number): string {
  return (bytes / 1_000_000).toFixed(1)
}
