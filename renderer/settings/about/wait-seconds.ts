export type ReadWaitSeconds = { kind: 'seconds'; seconds: number | null } | { kind: 'refused'; why: string }

/** Reads how long to wait: nothing is what suits the client, else whole seconds from 5 to 3600. */
export function readWaitSeconds(text: string): ReadWaitSeconds {
  const trimmed = text.trim()
  if (trimmed === '') return { kind: 'seconds', seconds: null }
  const seconds = /^\d{1,6}$/.test(trimmed) ? Number(trimmed) : Number.NaN
  if (seconds >= 5 && seconds <= 3_600) return { kind: 'seconds', seconds }
  return { kind: 'refused', why: 'Write whole seconds from 5 to 3600, or nothing.' }
}
