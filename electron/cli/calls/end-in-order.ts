import { EXIT } from '../exit-codes.ts'

const CODES = { SIGINT: EXIT.interrupted, SIGTERM: EXIT.terminated, SIGHUP: EXIT.terminated } as const

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** Ours, of every session in this process. */
const ours = new Set<unknown>()

/**
 * Has a signal end the process as `process.exit` does: by itself it would, without letting anybody write what is still to
 * be written, such as the last entries of the audit. Whoever listens for a signal besides decides what it does.
 *
 * @returns what takes it back
 */
export function endInOrder(): () => void {
  const listeners = SIGNALS.map(signal => {
    const code = CODES[signal]
    const end = () => {
      if (process.listeners(signal).every(listener => ours.has(listener))) process.exit(code)
    }
    ours.add(end)
    process.on(signal, end)
    return { signal, end }
  })
  return () => {
    for (const { signal, end } of listeners) {
      process.off(signal, end)
      ours.delete(end)
    }
  }
}
