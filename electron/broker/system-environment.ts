import { setTimeout as sleep } from 'node:timers/promises'
import type { Environment } from '../integrations/integration.ts'
import { journalFolder } from './home.ts'
import { openJournal } from './journal.ts'

/** The world as it is, for integrations. */
export function systemEnvironment(variables: Record<string, string | undefined>): Environment {
  return {
    variables,
    now: Date.now,
    monotonic: () => performance.now(),
    sleep: milliseconds => sleep(milliseconds),
    random: Math.random,
    journal: openJournal(journalFolder(variables), Date.now),
  }
}
