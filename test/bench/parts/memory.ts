import { setTimeout as sleep } from 'node:timers/promises'
import type { Launch, StdioClient } from '../../setup/stdio-client.ts'
import type { Bench } from '../bench.ts'
import { coldStart } from '../cold-start.ts'
import { goodCall } from '../good-call.ts'
import { inTurns } from '../in-turns.ts'
import { canLookAtProcesses, privateMegabytes } from '../processes.ts'
import { launchFloor, launchProgram, type Program } from '../programs.ts'
import type { Goal, Row, Section } from '../section.ts'
import { pairedRatios, spread } from '../stats.ts'

const ROUNDS = 3
const CALLS = 1_000
const REST_MS = 1_000
const MAX_BRIDGE_MB = 7
const MAX_TOGETHER_MB = 35

type Way = { what: string; program: string; floor?: Way; parts: string[]; measure(): Promise<Measured> }
type Measured = Record<string, number>

/** What is left of a process's memory once what it shares with others is taken away. */
export async function measureMemory(bench: Bench): Promise<Section[]> {
  const ways = bench.nodes.flatMap(({ major, command }) => {
    const floor: Way = {
      what: `floor, ${major}`,
      program: '',
      parts: ['process'],
      measure: () => ofProcess(launchFloor(command), () => Promise.resolve()),
    }
    const ours = bench.programs.flatMap(program => waysOf(bench, program, floor, major, command))
    return [floor, ...ours.sort((a, b) => a.parts.length - b.parts.length)]
  })
  if (!canLookAtProcesses) return [section([])]
  // One more of each Node, so that its code is shared by two everywhere and counted nowhere.
  const companions = await Promise.all(bench.nodes.map(({ command }) => coldStart(launchFloor(command))))
  const all = await inTurns(ways, Math.min(ROUNDS, bench.rounds(ROUNDS)), way => way.measure())
  await Promise.all(companions.map(({ client }) => client.end()))
  const values = (way: Way, name: string) => all.get(way)?.[name] ?? []
  const rows = ways.flatMap(way =>
    way.parts.map((part): Row => {
      const listed = values(way, `${part} listed`)
      const called = values(way, `${part} called`)
      const { floor } = way
      return {
        what: part === 'process' ? way.what : `${way.what}, ${part}`,
        program: way.program,
        cells: [
          { value: spread(listed), ...(part === 'bridge' && { goal: most(MAX_BRIDGE_MB) }) },
          floor ? { value: spread(pairedRatios(listed, values(floor, 'process listed'))) } : null,
          { value: spread(called), ...(part === 'together' && { goal: most(MAX_TOGETHER_MB) }) },
          floor ? { value: spread(pairedRatios(called, values(floor, 'process listed'))) } : null,
        ],
      }
    }),
  )
  return [section(rows)]
}

function most(value: number): Goal {
  return { most: value }
}

function waysOf(bench: Bench, program: Program, floor: Way, major: string, node: string): Way[] {
  const { server, brokerOf } = bench
  const { name } = program
  const calls = (client: StdioClient) => callOften(client, server)
  const solo = () => ofProcess(launchProgram(program, server, { node }), calls)
  const relayed = async (): Promise<Measured> => {
    const broker = await brokerOf(program)
    await broker.spareReady()
    const [gateway = 0] = broker.gateways()
    const { client } = await coldStart(launchProgram(program, server, { node, home: broker.home }))
    const look = (when: string) => {
      const [bridge, other] = [privateMegabytes(client.pid), privateMegabytes(gateway)]
      return { [`bridge ${when}`]: bridge, [`gateway ${when}`]: other, [`together ${when}`]: bridge + other }
    }
    await sleep(REST_MS)
    const listed = look('listed')
    await calls(client)
    await sleep(REST_MS)
    const called = look('called')
    await client.end()
    return { ...listed, ...called }
  }
  return [
    { what: `solo, ${major}`, program: name, floor, parts: ['process'], measure: solo },
    {
      what: `broker, ${major}`,
      program: name,
      floor,
      parts: ['bridge', 'gateway', 'together'],
      measure: relayed,
    },
  ]
}

async function ofProcess(launch: Launch, work: (client: StdioClient) => Promise<void>): Promise<Measured> {
  const { client } = await coldStart(launch)
  await sleep(REST_MS)
  const listed = privateMegabytes(client.pid)
  await work(client)
  await sleep(REST_MS)
  const called = privateMegabytes(client.pid)
  await client.end()
  return { 'process listed': listed, 'process called': called }
}

async function callOften(client: StdioClient, { channelId, postId }: Bench['server']): Promise<void> {
  for (let nth = 0; nth < CALLS; nth++) {
    if (nth % 10 === 0) await goodCall(client, 'list_posts', { channel_id: channelId })
    else await goodCall(client, 'get_post', { post_id: postId })
  }
}

function section(rows: Row[]): Section {
  return {
    id: 'memory',
    title: 'Private memory, MB',
    about: `What one more session costs (USS): after tools/list, and after ${CALLS} calls, a tenth of them list_posts. The ratio is to the floor's memory after tools/list on the same Node. A gateway runs on the broker's Node, which is the first one.`,
    columns: [
      { head: 'after tools/list', digits: 1 },
      { head: 'of floor', digits: 2, bound: 'most' },
      { head: `after ${CALLS} calls`, digits: 1 },
      { head: 'of floor then', digits: 2, bound: 'most' },
    ],
    rows,
  }
}
