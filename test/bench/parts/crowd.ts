import type { Bench } from '../bench.ts'
import { coldStart } from '../cold-start.ts'
import { goodCall } from '../good-call.ts'
import { canLookAtProcesses, privateMegabytes, secondsOf } from '../processes.ts'
import { launchProgram, type Program } from '../programs.ts'
import type { Cell, Row, Section } from '../section.ts'
import { exactly } from '../stats.ts'

const SIZES = [1, 16, 64]

/** So many clients at once under one broker. */
export async function measureCrowd(bench: Bench): Promise<Section[]> {
  const rows: Row[] = []
  for (const clients of SIZES) {
    for (const program of bench.programs) rows.push(await measure(bench, program, clients))
  }
  return [
    {
      id: 'crowd',
      title: 'Many clients under one broker',
      about:
        'All are started at the same moment, list their tools, and call get_post once. Milliseconds until the last one has each; seconds of processor time that the broker itself used for it; private memory a client (its bridge and its gateway), of the broker, and of the spare gateway, which is one for all.',
      columns: [
        { head: 'all listed ms', digits: 0 },
        { head: 'all answered ms', digits: 0 },
        { head: 'broker CPU s', digits: 2 },
        { head: 'MB a client', digits: 1 },
        { head: 'broker MB', digits: 1 },
        { head: 'spare MB', digits: 1 },
      ],
      rows,
    },
  ]
}

async function measure({ server, brokerOf }: Bench, program: Program, size: number): Promise<Row> {
  const broker = await brokerOf(program)
  await broker.spareReady()
  const usedBefore = secondsOf(broker.pid)
  const began = performance.now()
  const clients = await Promise.all(
    Array.from({ length: size }, async () => {
      const { client } = await coldStart(launchProgram(program, server, { home: broker.home }))
      return client
    }),
  )
  const listed = performance.now() - began
  await Promise.all(clients.map(client => goodCall(client, 'get_post', { post_id: server.postId })))
  const answered = performance.now() - began
  const used = secondsOf(broker.pid) - usedBefore
  await broker.spareReady(size)
  const gateways = broker.gateways()
  const spare = gateways.pop() ?? 0
  const all = [...clients.map(({ pid }) => pid), ...gateways]
  const each = all.reduce((sum, pid) => sum + privateMegabytes(pid), 0) / size
  const looked = (value: number): Cell => (canLookAtProcesses ? { value: exactly(value) } : null)
  const cells: Cell[] = [
    { value: exactly(listed) },
    { value: exactly(answered) },
    ...[used, each, privateMegabytes(broker.pid), privateMegabytes(spare)].map(looked),
  ]
  await Promise.all(clients.map(client => client.end()))
  return { what: size === 1 ? '1 client' : `${size} clients`, program: program.name, cells }
}
