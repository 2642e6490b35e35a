import { allApprovals } from '../../../electron/cli/terminal/all-approvals.ts'
import type { QueueWindow } from '../../../shared/approvals/queue-window.ts'
import type { StdioClient } from '../../setup/stdio-client.ts'
import type { Bench } from '../bench.ts'
import { type BrokerProcess, startBrokerProcess } from '../broker-process.ts'
import { coldStart } from '../cold-start.ts'
import { goodCall } from '../good-call.ts'
import { timed } from '../in-turns.ts'
import { secondsOf } from '../processes.ts'
import { launchProgram, type Program } from '../programs.ts'
import type { Row, Section } from '../section.ts'
import { exactly, spread } from '../stats.ts'
import { type Terminal, watchingTerminal } from '../terminal.ts'

/** The first is what the others are compared with: what each of many costs more than each of a few. */
const PENDING = [100, 1_000]
/** As many as may wait of one client. */
const PER_CLIENT = 50
const ONE_BY_ONE = 20
const TALK = 'The migration ran on staging; the same is planned for production on Friday. '.repeat(4)

type Measured = { shown: number; brokerSeconds: number; one: number[]; rest: number; restCount: number }

/** Many posts that wait for a person: shown in a terminal at the broker's socket, and answered there. */
export async function measureApprovals(bench: Bench): Promise<Section[]> {
  const rows: Row[] = []
  for (const program of bench.programs) {
    let few: Measured | undefined
    for (const pending of PENDING) {
      const measured = await measure(bench, program, pending)
      rows.push(rowOf(program, pending, measured, few))
      few ??= measured
    }
  }
  return [
    {
      id: 'approvals',
      title: 'Posts that wait for a person',
      about: `Calls of create_post by real clients, ${PER_CLIENT} each, under "ask", watched by a terminal at the broker's socket that is told of the oldest at every change and reports what it shows. Until it knows of all; until one of them is answered, with all others waiting (${ONE_BY_ONE} times); until all others are approved and posted, all answered at once. The ratios are what each of so many takes, to each of the fewest; the messages have some 340 characters.`,
      columns: [
        { head: 'all known ms', digits: 0 },
        { head: 'each, to few', digits: 2 },
        { head: 'broker CPU s', digits: 2 },
        { head: 'one answered ms', digits: 1 },
        { head: 'to few', digits: 2 },
        { head: 'all others ms', digits: 0 },
        { head: 'each, to few', digits: 2 },
      ],
      rows,
    },
  ]
}

function rowOf({ name }: Program, pending: number, measured: Measured, few: Measured | undefined): Row {
  const { shown, brokerSeconds, one, rest, restCount } = measured
  const [fewest = 1] = PENDING
  const ofFew = (each: number, eachOfFew: number | undefined) =>
    eachOfFew === undefined ? null : { value: exactly(each / eachOfFew) }
  const middle = spread(one)
  return {
    what: `${pending} waiting`,
    program: name,
    cells: [
      { value: exactly(shown) },
      ofFew(shown / pending, few && few.shown / fewest),
      { value: exactly(brokerSeconds) },
      { value: middle },
      ofFew(middle.median, few && spread(few.one).median),
      { value: exactly(rest) },
      ofFew(rest / restCount, few && few.rest / few.restCount),
    ],
  }
}

async function measure({ server }: Bench, program: Program, pending: number): Promise<Measured> {
  const broker = await startBrokerProcess(program, 'ask')
  const clients = await startClients(broker, program, server, Math.ceil(pending / PER_CLIENT))
  const desk = new Desk()
  const terminal = await watchingTerminal(broker.home, list => desk.take(list))
  desk.terminal = terminal
  try {
    const usedBefore = secondsOf(broker.pid)
    const began = performance.now()
    const calls = Array.from({ length: pending }, (_, nth) => {
      const client = clients[nth % clients.length] as StdioClient
      const args = { channel_id: server.channelId, message: `Post ${nth} of the bench. ${TALK}` }
      return goodCall(client, 'create_post', args)
    })
    const failed = Promise.race([terminal.lost, Promise.all(calls).then(() => new Promise<never>(() => {}))])
    const within = <T>(work: Promise<T>): Promise<T> => Promise.race([work, failed])
    await within(desk.shows(pending))
    const shown = performance.now() - began
    const brokerSeconds = secondsOf(broker.pid) - usedBefore
    const ids = (await allApprovals(terminal.broker)).map(({ id }) => id)
    const approve = (id: string) =>
      terminal.broker.answer({ id, answer: { kind: 'approve', span: 'once', reach: 'channel' } })
    const one: number[] = []
    for (const id of ids.splice(0, ONE_BY_ONE)) one.push(await within(timed(() => approve(id))))
    const rest = await timed(() => within(Promise.all([...ids.map(approve), ...calls])))
    return { shown, brokerSeconds, one, rest, restCount: ids.length }
  } finally {
    terminal.close()
    await Promise.all(clients.map(client => client.end()))
    await broker.close()
  }
}

async function startClients(
  { home, spareReady }: BrokerProcess,
  program: Program,
  server: Bench['server'],
  count: number,
): Promise<StdioClient[]> {
  const clients = await Promise.all(
    Array.from({ length: count }, async () => {
      const { client } = await coldStart(launchProgram(program, server, { write: 'ask', home }))
      await goodCall(client, 'get_current_user', {})
      return client
    }),
  )
  await spareReady(count)
  return clients
}

/** What the terminal knows of. */
class Desk {
  waiting = 0
  terminal: Terminal | undefined
  #wanted: { count: number; reached: () => void } | undefined

  take({ approvals, more }: QueueWindow): void {
    this.waiting = approvals.length + more
    const fresh = approvals.filter(({ shownOn }) => shownOn.length === 0).map(({ id }) => id)
    if (fresh.length > 0) this.terminal?.broker.reportShown({ ids: fresh }).catch(() => undefined)
    if (this.#wanted !== undefined && this.waiting >= this.#wanted.count) this.#wanted.reached()
  }

  /** Settles once so many wait. */
  shows(count: number): Promise<void> {
    if (this.waiting >= count) return Promise.resolve()
    return new Promise(reached => {
      this.#wanted = { count, reached }
    })
  }
}
