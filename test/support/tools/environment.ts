import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openJournal } from '../../../electron/broker/journal.ts'
import type { Environment } from '../../../electron/integrations/integration.ts'

/** The outside world for tools in this process: a journal of their own, and no waiting between tries. */
export function makeEnvironment(
  variables: Record<string, string> = {},
  now: () => number = Date.now,
): Environment {
  return {
    variables,
    now,
    monotonic: () => performance.now(),
    sleep: async () => undefined,
    random: () => 0,
    journal: openJournal(join(mkdtempSync(join(tmpdir(), 'kosmo-test-')), 'journal'), Date.now),
  }
}
