import type { StdioClient } from '../../setup/stdio-client.ts'
import { BareHttp } from '../bare-http.ts'
import type { Bench } from '../bench.ts'
import { coldStart } from '../cold-start.ts'
import { goodCall } from '../good-call.ts'
import { inTurns, timed } from '../in-turns.ts'
import { launchProgram } from '../programs.ts'
import type { Cell, Row, Section } from '../section.ts'
import type { BenchServer } from '../server-process.ts'
import { blockMedians, exactly, pairedDifferences, pairedRatios, quantile, spread } from '../stats.ts'

const CALLS = 600
const WARM_UP = 60
/** Medians of so many calls each make the spread. */
const BLOCK = 20
const MAX_RELAY_MS = 0.15

type Kind = {
  tool: string
  note?: string
  args: Record<string, unknown>
  bare: { path: string; body?: unknown }
  mostMs?: number
}

type Way = { how: 'bare' | 'solo' | 'broker'; program: string; call(kind: Kind): Promise<unknown> }
type Times = ReadonlyMap<Way, readonly number[]>

/** Calls of running programs, each beside one bare request for the same thing, in turns. */
export async function measureLatency(bench: Bench): Promise<Section[]> {
  const { server } = bench
  const http = new BareHttp(server)
  const bare: Way = { how: 'bare', program: '', call: kind => http.send(kind.bare.path, kind.bare.body) }
  const { ways, close } = await clients(bench)
  const rows: Row[] = []
  for (const kind of kinds(server)) {
    for (let nth = 0; nth < WARM_UP; nth++) for (const way of [bare, ...ways]) await way.call(kind)
    const all = await inTurns([bare, ...ways], bench.rounds(CALLS), async way => ({
      ms: await timed(() => way.call(kind)),
    }))
    const times: Times = new Map([...all].map(([way, { ms = [] }]) => [way, ms]))
    const requests = new Map<Way, number>()
    for (const way of ways) {
      await server.requests()
      await way.call(kind)
      requests.set(way, await server.requests())
    }
    rows.push(...rowsOf(kind, bare, ways, times, requests))
  }
  await close()
  http.close()
  return [section(rows)]
}

function rowsOf(
  kind: Kind,
  bare: Way,
  ways: readonly Way[],
  times: Times,
  requests: ReadonlyMap<Way, number>,
): Row[] {
  const base = times.get(bare) ?? []
  const name = kind.note === undefined ? kind.tool : `${kind.tool}, ${kind.note}`
  const first: Row = {
    what: `${name}, bare`,
    program: '',
    cells: [exact(1), middle(base), null, null, exact(quantile(base, 0.99)), null, null],
  }
  const rows = ways.map((way): Row => {
    const own = times.get(way) ?? []
    const solo = ways.find(other => other.how === 'solo' && other.program === way.program)
    const added = middle(pairedDifferences(own, base))
    const isSolo = way.how === 'solo'
    const over = isSolo ? null : middle(pairedDifferences(own, (solo && times.get(solo)) ?? []))
    return {
      what: `${name}, ${way.how}`,
      program: way.program,
      cells: [
        exact(requests.get(way) ?? 0),
        middle(own),
        added && isSolo && kind.mostMs !== undefined ? { ...added, goal: { most: kind.mostMs } } : added,
        middle(pairedRatios(own, base)),
        exact(quantile(own, 0.99)),
        exact(quantile(own, 0.99) - quantile(base, 0.99)),
        over && { ...over, goal: { most: MAX_RELAY_MS } },
      ],
    }
  })
  return [first, ...rows.sort((a, b) => (a.what < b.what ? 1 : a.what > b.what ? -1 : 0))]
}

function middle(values: readonly number[]): NonNullable<Cell> {
  return { value: spread(blockMedians(values, BLOCK)) }
}

function exact(value: number): Cell {
  return { value: exactly(value) }
}

function section(rows: Row[]): Section {
  return {
    id: 'latency',
    title: 'Time of a call',
    about: `A call of a running program beside one kept-alive request of node:http for the same thing, in the same rounds; medians and spread over medians of ${BLOCK} calls each. "Added" is what the program adds to that request, "relay" what the way through the broker adds to the same program alone. The 99th part is the machine's to a large extent.`,
    columns: [
      { head: 'requests', digits: 0 },
      { head: 'p50 ms', digits: 2 },
      { head: 'added p50', digits: 2 },
      { head: 'of bare', digits: 2, bound: 'most' },
      { head: 'p99 ms', digits: 2 },
      { head: 'added p99', digits: 2 },
      { head: 'relay adds', digits: 2 },
    ],
    rows,
  }
}

async function clients({ server, programs, brokerOf }: Bench) {
  const opened: StdioClient[] = []
  const ways: Way[] = []
  for (const program of programs) {
    const { home } = await brokerOf(program)
    for (const how of ['solo', 'broker'] as const) {
      const launch = launchProgram(program, server, { write: 'allow', ...(how === 'broker' && { home }) })
      const { client } = await coldStart(launch)
      opened.push(client)
      ways.push({ how, program: program.name, call: ({ tool, args }) => goodCall(client, tool, args) })
    }
  }
  return { ways, close: () => Promise.all(opened.map(client => client.end())) }
}

function kinds({ channelId, postId }: BenchServer): Kind[] {
  const message = 'A post of the bench.'
  return [
    { tool: 'get_post', args: { post_id: postId }, bare: { path: `/posts/${postId}` }, mostMs: 0.45 },
    {
      tool: 'list_posts',
      note: '60 posts',
      args: { channel_id: channelId, per_page: 60 },
      bare: { path: `/channels/${channelId}/posts?page=0&per_page=61` },
      mostMs: 0.9,
    },
    { tool: 'list_channels', args: {}, bare: { path: '/users/me/channels' } },
    {
      tool: 'create_post',
      args: { channel_id: channelId, message },
      bare: { path: '/posts', body: { channel_id: channelId, message } },
    },
  ]
}
