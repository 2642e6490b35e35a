import { setTimeout as sleep } from 'node:timers/promises'
import type { Launch } from '../../setup/stdio-client.ts'
import type { Bench } from '../bench.ts'
import { coldStart, withoutSpare } from '../cold-start.ts'
import { goodCall } from '../good-call.ts'
import { inTurns, timed } from '../in-turns.ts'
import { launchFloor, launchProgram, type Program } from '../programs.ts'
import type { Row, Section } from '../section.ts'
import { pairedRatios, spread } from '../stats.ts'

const ROUNDS = 15
const LATER_MS = 300
const MAX_LATER_MS = 5
const MAX_EXIT_MS = 15

type Way = { what: string; program: string; goal?: number; measure(): Promise<Record<string, number>> }

/** First calls of fresh processes: what a person waits for after the start. */
export async function measureFirstCalls(bench: Bench): Promise<Section[]> {
  const [own] = bench.nodes
  const floor: Way = {
    what: 'floor',
    program: '',
    measure: () => startOf(launchFloor(own?.command ?? 'node')),
  }
  const ways = [...bench.programs.flatMap(program => waysOf(bench, program))].sort((a, b) =>
    a.what < b.what ? -1 : a.what > b.what ? 1 : 0,
  )
  const all = await inTurns([floor, ...ways], bench.rounds(ROUNDS), way => way.measure())
  const starts = all.get(floor)?.start ?? []
  const rows = ways.map((way): Row => {
    const { call = [], exit = [] } = all.get(way) ?? {}
    return {
      what: way.what,
      program: way.program,
      cells: [
        { value: spread(call), ...(way.goal !== undefined && { goal: { most: way.goal } }) },
        { value: spread(pairedRatios(call, starts)) },
        { value: spread(exit), goal: { most: MAX_EXIT_MS } },
      ],
    }
  })
  return [
    {
      id: 'first',
      title: 'First call of a process',
      about: `get_post as the first call after the answer to tools/list, ${LATER_MS} ms later or at once. TLS: a certificate of an authority of our own (MATTERMOST_CA_FILE). The ratio is to the cold start of the floor in the same round, as a measure of the machine.`,
      columns: [
        { head: 'ms', digits: 1 },
        { head: 'of a floor start', digits: 2, bound: 'most' },
        { head: 'exit ms', digits: 1 },
      ],
      rows,
    },
  ]
}

function waysOf(bench: Bench, program: Program): Way[] {
  const { server, nodes, brokerOf } = bench
  const { name } = program
  const { secure } = server
  const accounts = [
    { over: 'http', account: server, authority: undefined },
    ...(secure === undefined
      ? []
      : [{ over: 'TLS', account: { ...server, url: secure.url }, authority: secure.authority }]),
  ]
  const measure = (launch: Launch, laterMs: number) => firstCall(launch, server.postId, laterMs)
  const goal = { goal: MAX_LATER_MS }
  const relayed = async (account: typeof server, authority: string | undefined, laterMs: number) => {
    const { home } = await brokerOf(program)
    return measure(launchProgram(program, account, { home, authority }), laterMs)
  }
  return accounts.flatMap(({ over, account, authority }): Way[] => [
    ...nodes.flatMap(({ major, command }): Way[] => {
      const launch = () => launchProgram(program, account, { node: command, authority })
      const what = `solo, ${over}, ${major}`
      return [
        { what: `${what}, later`, program: name, ...goal, measure: () => measure(launch(), LATER_MS) },
        { what: `${what}, at once`, program: name, measure: () => measure(launch(), 0) },
      ]
    }),
    {
      what: `broker, ${over}, later`,
      program: name,
      ...goal,
      async measure() {
        await (await brokerOf(program)).spareReady()
        return relayed(account, authority, LATER_MS)
      },
    },
    {
      what: `broker, ${over}, no spare, at once`,
      program: name,
      measure: () => withoutSpare(bench, program, () => relayed(account, authority, 0)),
    },
  ])
}

async function startOf(launch: Launch): Promise<{ start: number }> {
  const { client, ms } = await coldStart(launch)
  await client.end()
  return { start: ms }
}

async function firstCall(launch: Launch, postId: string, laterMs: number): Promise<Record<string, number>> {
  const { client } = await coldStart(launch)
  if (laterMs > 0) await sleep(laterMs)
  const call = await timed(() => goodCall(client, 'get_post', { post_id: postId }))
  return { call, exit: await client.end() }
}
