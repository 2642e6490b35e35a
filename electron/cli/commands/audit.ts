import { CSV_HEADER, csvLine } from '../../../shared/audit/csv.ts'
import type { AuditEntry } from '../../../shared/audit/entry.ts'
import { KosmoError } from '../../../shared/errors.ts'
import { cleanLine } from '../../../shared/text/clean.ts'
import { auditFolder } from '../../broker/audit/audit-files.ts'
import { type AuditLog, openAudit } from '../../broker/audit/audit-log.ts'
import { kosmoHome } from '../../broker/home.ts'
import { type AuditFlags, type AuditFormat, readAuditFlags } from '../audit/audit-flags.ts'
import { checkLines, entryLine } from '../audit/audit-text.ts'
import { followFolder } from '../audit/follow-folder.ts'
import { type Output, openOutput } from '../audit/output.ts'
import { verifyProgress } from '../audit/verify-progress.ts'
import { EXIT } from '../exit-codes.ts'
import { auditEntry } from '../reference/entries/records.ts'
import { helpText } from '../reference/help-text.ts'
import { processIo } from '../terminal/io.ts'
import { fail } from '../terminal/print.ts'

/** `kosmo audit`: lists, follows or verifies the audit log. Gives the exit code. */
export async function auditCommand(args: string[]): Promise<number> {
  const asJson = args.includes('--json')
  const flags = readAuditFlags(args, Date.now())
  const folder = auditFolder(kosmoHome(process.env))
  const log = openAudit(folder, { now: Date.now })
  const output = openOutput(process.stdout)
  try {
    const code = await run(flags, { log, folder, output, asJson })
    await output.flushed()
    return code
  } catch (error) {
    if (!(error instanceof KosmoError)) throw error
    return fail(processIo(), 'failure', cleanLine(error.message), asJson)
  } finally {
    output.close()
  }
}

type Around = {
  log: AuditLog
  folder: string
  output: Output
  /** Failures are told in JSON. */
  asJson: boolean
}

async function run(flags: AuditFlags, { log, folder, output, asJson }: Around): Promise<number> {
  switch (flags.kind) {
    case 'help':
      output.print(`${helpText(auditEntry)}\n`)
      return EXIT.ok
    case 'usage-error':
      return fail(processIo(), 'usage', `${flags.message}. See kosmo audit --help.`, asJson)
    case 'verify': {
      const progress = verifyProgress(process.stderr, () => performance.now())
      const check = await log.verify(progress.on).finally(progress.end)
      const isWell = check.kind !== 'broken'
      if (flags.json) output.print(`${json({ success: isWell, folder, ...check })}\n`)
      else for (const line of checkLines(check, folder)) output.print(`${line}\n`)
      return isWell ? EXIT.ok : EXIT.failure
    }
    case 'list':
      await list(flags, log, folder, output)
      return EXIT.ok
  }
}

type ListFlags = Extract<AuditFlags, { kind: 'list' }>

async function list(flags: ListFlags, log: AuditLog, folder: string, output: Output): Promise<void> {
  const { filter, limit, format, follow } = flags
  const page = log.read(filter, limit)
  warnOf(page.unreadable)
  if (format === 'csv') output.print(CSV_HEADER)
  // Who follows reads line by line: one object a line, no list around it.
  if (format === 'json' && !follow) {
    output.print(`${json({ success: true, entries: page.entries.map(cleanEntry) })}\n`)
    return
  }
  for (const entry of page.entries) output.print(row(entry, format))
  if (!follow) {
    if (page.entries.length === 0 && format === 'text')
      console.error(`kosmo: no entries (${cleanLine(folder)})`)
    return
  }
  let { position } = page
  await untilInterrupted(output.closed, signal =>
    followFolder(folder, signal, () => {
      const next = log.readOn(filter, position)
      position = next.position
      warnOf(next.unreadable)
      for (const entry of next.entries) output.print(row(entry, format))
    }),
  )
}

async function untilInterrupted(
  closed: AbortSignal,
  work: (signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const interrupted = new AbortController()
  const interrupt = () => interrupted.abort()
  process.once('SIGINT', interrupt)
  process.once('SIGTERM', interrupt)
  try {
    await work(AbortSignal.any([closed, interrupted.signal]))
  } finally {
    process.off('SIGINT', interrupt)
    process.off('SIGTERM', interrupt)
  }
}

function row(entry: AuditEntry, format: AuditFormat): string {
  switch (format) {
    case 'csv':
      return csvLine(entry)
    case 'json':
      return `${JSON.stringify(cleanEntry(entry))}\n`
    case 'text':
      return `${entryLine(entry)}\n`
  }
}

/** On a terminal, too, nothing of it is invisible or reorders its surroundings. */
function cleanEntry(entry: AuditEntry): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(entry).map(([key, value]) => [
      key,
      typeof value === 'string' && key !== 'text' ? cleanLine(value) : value,
    ]),
  )
}

function json(value: unknown): string {
  return JSON.stringify(value, null, 2)
}

function warnOf(unreadable: number): void {
  if (unreadable > 0)
    console.error(`kosmo: ${unreadable} lines could not be read; kosmo audit --verify says more`)
}
