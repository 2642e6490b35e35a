import { createHash } from 'node:crypto'
import { createReadStream, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setImmediate } from 'node:timers/promises'
import { openAudit } from '../../../electron/broker/audit/audit-log.ts'
import { activityHandlers } from '../../../electron/broker/surfaces/activity-handlers.ts'
import type { SurfaceContext } from '../../../electron/broker/surfaces/surface-context.ts'
import {
  type ActivityCursor,
  type ActivityFilter,
  activityMethods,
} from '../../../shared/protocol/activity-methods.ts'
import { RARE, writeLongLog } from '../../support/audit/long-log.ts'
import type { Bench } from '../bench.ts'
import { timed } from '../in-turns.ts'
import { canLookAtProcesses } from '../processes.ts'
import type { Cell, Row, Section } from '../section.ts'
import { exactly, spread } from '../stats.ts'
import { temporaryFolder } from '../temporary.ts'

const LINES = 1_000_000
const QUICK_LINES = 100_000
const PAGE = 50
const OPENS = 30
/** What is read beyond what is shown: the rest of one piece of the file. */
const MAX_READ_TO_OPEN = 128 * 1024
const KILOBYTE = 1024

type Ask = { filter: ActivityFilter; before: ActivityCursor | null }

/** The audit as the settings window reads it, with a year of entries on disk. */
export async function measureAudit(bench: Bench): Promise<Section[]> {
  const folder = join(temporaryFolder(), 'audit')
  const lines = bench.rounds(4) === 4 ? LINES : QUICK_LINES
  const log = writeLongLog(folder, lines)
  const handlers = handlersOf(folder)
  const ask = async ({ filter, before }: Ask) =>
    activityMethods.activity.result.parse(await handlers.activity({ filter, before, limit: PAGE }))
  const all = { filter: {}, before: null }
  const rows: Row[] = [
    await row('open', OPENS, async () => void (await ask(all)), { most: MAX_READ_TO_OPEN / KILOBYTE }),
    await row('20 pages on', 5, () => pages(20, ask)),
    await row('filter by a client that 1 in 3 is', OPENS, async () => {
      await ask({ ...all, filter: { client: 'claude-code' } })
    }),
    await row(`filter by a client that 1 in ${RARE.every} is, one look`, 5, async () => {
      await ask({ ...all, filter: { client: RARE.client } })
    }),
    await row('the same to the beginning of the log', 1, () => toTheBeginning(RARE.client, ask)),
    await row('verify', 1, async () => void (await handlers.verifyActivity({}))),
    await row('read and hash the same bytes', 1, () => hashAll(folder)),
  ]
  return [
    {
      id: 'audit',
      title: `Activity, ${log.lines.toLocaleString('en')} entries on disk (${(log.bytes / 1e6).toFixed(0)} MB)`,
      about: `What the settings window asks of the broker, ${PAGE} entries a page, newest first. "Longest hold-up": how long nothing else was done in that process, as an answer to a client or a click. Memory: how much the process grew at most.`,
      columns: [
        { head: 'ms', digits: 1 },
        { head: 'KB read', digits: 0 },
        { head: 'longest hold-up ms', digits: 1 },
        { head: 'grew MB', digits: 0 },
      ],
      rows,
    },
  ]
}

function handlersOf(folder: string) {
  const audit = openAudit(folder, { now: Date.now })
  // These two need nothing else of a broker.
  const context = { state: { audit } } as unknown as SurfaceContext
  return activityHandlers(context)
}

async function pages(count: number, ask: (asked: Ask) => Promise<{ next: ActivityCursor | null }>) {
  let before: ActivityCursor | null = null
  for (let nth = 0; nth < count; nth++) before = (await ask({ filter: {}, before })).next
}

async function toTheBeginning(
  client: string,
  ask: (asked: Ask) => Promise<{ entries: unknown[]; next: ActivityCursor | null }>,
) {
  let before: ActivityCursor | null = null
  do {
    before = (await ask({ filter: { client }, before })).next
    // Each is a call of its own: others have their turn in between.
    await setImmediate()
  } while (before !== null)
}

async function hashAll(folder: string): Promise<void> {
  for (const name of readdirSync(folder)) {
    const hash = createHash('sha256')
    for await (const piece of createReadStream(join(folder, name))) hash.update(piece)
    hash.digest()
  }
}

async function row(
  what: string,
  times: number,
  work: () => Promise<void>,
  goal?: { most: number },
): Promise<Row> {
  await (times > 1 ? work() : Promise.resolve())
  const delay = monitorEventLoopDelay({ resolution: 1 })
  const startMegabytes = residentMegabytes()
  let mostMegabytes = startMegabytes
  const timer = setInterval(() => {
    mostMegabytes = Math.max(mostMegabytes, residentMegabytes())
  }, 20)
  delay.enable()
  const before = bytesRead()
  const took: number[] = []
  for (let nth = 0; nth < times; nth++) {
    took.push(await timed(work))
    await new Promise(resolve => setTimeout(resolve, 5))
  }
  const read = (bytesRead() - before) / times / KILOBYTE
  delay.disable()
  clearInterval(timer)
  const looked = (value: number): Cell => (canLookAtProcesses ? { value: exactly(value) } : null)
  return {
    what,
    program: '',
    cells: [
      { value: spread(took) },
      canLookAtProcesses ? { value: exactly(read), ...(goal && { goal }) } : null,
      { value: exactly(delay.max / 1e6) },
      looked(mostMegabytes - startMegabytes),
    ],
  }
}

function residentMegabytes(): number {
  return process.memoryUsage.rss() / KILOBYTE / KILOBYTE
}

/** Bytes that this process has read until now, as Linux counts them. */
function bytesRead(): number {
  if (!canLookAtProcesses) return 0
  return Number(/^rchar: (\d+)$/m.exec(readFileSync('/proc/self/io', 'utf8'))?.[1])
}
