import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach } from 'vitest'
import { openAudit } from '../../../electron/broker/audit/audit-log.ts'
import type { AuditDraft } from '../../../shared/audit/entry.ts'

/** A log of its own for each test of a file, by a clock that the test sets, and what tests do with it. */
export function logFolder() {
  const place = { root: '', folder: '', clock: 0 }
  beforeEach(() => {
    place.root = mkdtempSync(join(tmpdir(), 'kosmo-audit-'))
    place.folder = join(place.root, 'home', 'audit')
    place.clock = Date.UTC(2026, 0, 5, 9)
  })
  afterEach(() => rmSync(place.root, { recursive: true, force: true }))

  /** Opened anew each time, as other processes do. */
  const log = () => openAudit(place.folder, { now: () => place.clock, waitMs: 200 })
  const call = (client = 'codex'): AuditDraft => ({ kind: 'call', client, function: 'f', outcome: 'ok' })
  const append = (...clients: string[]) => clients.map(client => log().append(call(client)))
  return {
    place,
    log,
    call,
    append,
    /** A file of the log; without a name that of the first month. */
    path: (name = '2026-01.jsonl') => join(place.folder, name),
    clients: () =>
      log()
        .read({}, 1000)
        .entries.map(entry => entry.client),
    /** The fifth of a month is today, 1 for January. */
    month(number: number) {
      place.clock = Date.UTC(2026, number - 1, 5, 9)
    },
  }
}
