import { writeFile } from 'node:fs/promises'
import { setImmediate as others } from 'node:timers/promises'
import { dialog } from 'electron'
import { CSV_HEADER, csvLine } from '../../shared/audit/csv.ts'
import type { AuditEntry } from '../../shared/audit/entry.ts'
import { KosmoError } from '../../shared/errors.ts'
import type { DesktopHandlers } from '../../shared/protocol/desktop-methods.ts'
import type { SurfaceHandlers } from '../../shared/protocol/surface-methods.ts'
import { faultWords } from '../broker/fault-words.ts'

type Export = DesktopHandlers['exportActivity']

const PAGE = 200
const NAMES = { csv: 'Table (CSV)', json: 'JSON' }

/** Lets the person choose a file and writes what matches there, oldest first. */
export function activityExport(activity: SurfaceHandlers['activity']): Export {
  return async ({ format, filter }) => {
    const { canceled, filePath } = await dialog.showSaveDialog({
      title: 'Export activity',
      defaultPath: `kosmokrator-activity.${format}`,
      filters: [{ name: NAMES[format], extensions: [format] }],
    })
    if (canceled || filePath === '') return { kind: 'cancelled' }
    const entries = await everything(activity, filter)
    const text =
      format === 'csv' ? CSV_HEADER + entries.map(csvLine).join('') : `${JSON.stringify(entries, null, 2)}\n`
    try {
      await writeFile(filePath, text, { mode: 0o600 })
    } catch (error) {
      throw new KosmoError('not_configured', `${filePath} could not be written (${faultWords(error)}).`)
    }
    return { kind: 'saved', path: filePath, entries: entries.length }
  }
}

/** Page by page: calls of clients have their turn in between. */
async function everything(
  activity: SurfaceHandlers['activity'],
  filter: Parameters<Export>[0]['filter'],
): Promise<AuditEntry[]> {
  const all: AuditEntry[] = []
  let before: Parameters<typeof activity>[0]['before'] = null
  do {
    const page = await activity({ filter, before, limit: PAGE })
    all.push(...page.entries)
    before = page.next
    await others()
  } while (before !== null)
  return all.reverse()
}
