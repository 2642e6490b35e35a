import { BareHttp } from '../bare-http.ts'
import type { Bench } from '../bench.ts'
import { coldStart } from '../cold-start.ts'
import { goodCall } from '../good-call.ts'
import { inTurns } from '../in-turns.ts'
import { launchProgram } from '../programs.ts'
import type { Row, Section } from '../section.ts'
import { pairedRatios, spread } from '../stats.ts'

const ROUNDS = 6
const ROUND_MS = 500
/** Calls in flight, and the part of the bare rate that is wanted. */
const LOADS = [
  { inFlight: 1, least: 0.3 },
  { inFlight: 8, least: 0.55 },
  { inFlight: 64, least: 0.45 },
]

type Way = { how: 'bare' | 'solo' | 'broker'; program: string; call(): Promise<unknown>; close(): unknown }

/** `get_post` calls per second against bare requests per second, with so many open at a time. */
export async function measureThroughput(bench: Bench): Promise<Section[]> {
  const ways = await waysOf(bench)
  const rows: Row[] = []
  for (const { inFlight, least } of LOADS) {
    const all = await inTurns(ways, bench.rounds(ROUNDS), async way => ({
      rate: await perSecond(way.call, inFlight, ROUND_MS),
    }))
    const rate = (way: Way | undefined) => (way && all.get(way)?.rate) ?? []
    for (const way of ways) {
      const value = spread(pairedRatios(rate(way), rate(ways[0])))
      const ratio = way.how === 'bare' ? null : { value, ...(way.how === 'solo' && { goal: { least } }) }
      const what = `${inFlight} in flight, ${way.how}`
      rows.push({ what, program: way.program, cells: [{ value: spread(rate(way)) }, ratio] })
    }
  }
  for (const way of ways) await way.close()
  return [
    {
      id: 'throughput',
      title: 'Throughput',
      about:
        'get_post calls per second with so many open at a time, as a part of the bare requests per second of node:http in the same rounds. Client, program and server share the machine.',
      columns: [
        { head: 'per second', digits: 0 },
        { head: 'of bare', digits: 2, bound: 'least' },
      ],
      rows,
    },
  ]
}

async function waysOf({ server, programs, brokerOf }: Bench): Promise<Way[]> {
  const http = new BareHttp(server)
  const send = () => http.send(`/posts/${server.postId}`)
  const ways: Way[] = [{ how: 'bare', program: '', call: send, close: () => http.close() }]
  for (const how of ['solo', 'broker'] as const) {
    for (const program of programs) {
      const { home } = await brokerOf(program)
      const { client } = await coldStart(launchProgram(program, server, how === 'broker' ? { home } : {}))
      const call = () => goodCall(client, 'get_post', { post_id: server.postId })
      ways.push({ how, program: program.name, call, close: () => client.end() })
    }
  }
  return ways
}

async function perSecond(work: () => Promise<unknown>, inFlight: number, ms: number): Promise<number> {
  const began = performance.now()
  let done = 0
  const worker = async (): Promise<void> => {
    while (performance.now() - began < ms) {
      await work()
      done++
    }
  }
  await Promise.all(Array.from({ length: inFlight }, worker))
  return (done / (performance.now() - began)) * 1000
}
