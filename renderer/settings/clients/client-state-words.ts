import type { KnownClient } from '../../../shared/protocol/client-methods.ts'

type StateWords = {
  word: string
  tone: 'ok' | 'ask' | 'warn' | 'plain'
  /** What can be done about it. */
  connect: string | undefined
  disconnect: string | undefined
}

/** How a program stands with us, in a person's words. */
export const CLIENT_STATES: Record<KnownClient['state'], StateWords> = {
  absent: { word: 'not installed', tone: 'plain', connect: undefined, disconnect: undefined },
  found: { word: 'not connected', tone: 'plain', connect: 'Connect…', disconnect: undefined },
  connected: { word: 'connected', tone: 'ok', connect: undefined, disconnect: 'Disconnect…' },
  changed: { word: 'changed by you', tone: 'ask', connect: 'Connect anew…', disconnect: 'Disconnect…' },
  broken: { word: 'broken', tone: 'warn', connect: 'Repair…', disconnect: 'Disconnect…' },
}
