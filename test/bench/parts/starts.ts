import type { Launch } from '../../setup/stdio-client.ts'
import type { Bench } from '../bench.ts'
import { coldStart, withoutSpare } from '../cold-start.ts'
import { inTurns } from '../in-turns.ts'
import { launchFloor, launchProgram } from '../programs.ts'
import type { Runtime } from '../runtimes.ts'
import type { Row, Section } from '../section.ts'
import { pairedRatios, spread } from '../stats.ts'

const ROUNDS = 25
const MAX_RATIO = 1.1
const MAX_EXIT_MS = 15

type Way = { node: Runtime; how: string; program: string; start(): Promise<Record<string, number>> }

/** Cold starts of ours, alone and through a broker, and of a server that does nothing. */
export async function measureStarts(bench: Bench): Promise<Section[]> {
  const ways = bench.nodes.flatMap(node => waysOn(bench, node))
  const all = await inTurns(ways, bench.rounds(ROUNDS), way => way.start())
  const rows = ways.map(({ node, how, program }, nth): Row => {
    const floor = ways.find(way => way.node === node && way.how === 'floor')
    const series = all.get(ways[nth] as Way)
    const starts = series?.start ?? []
    const ratios = pairedRatios(starts, (floor && all.get(floor)?.start) ?? [])
    const isFloor = how === 'floor'
    return {
      what: `${node.major}, ${how}`,
      program,
      cells: [
        { value: spread(starts) },
        isFloor ? null : { value: spread(ratios), goal: { most: MAX_RATIO } },
        { value: spread(series?.exit ?? []), ...(!isFloor && { goal: { most: MAX_EXIT_MS } }) },
      ],
    }
  })
  return [
    {
      id: 'start',
      title: 'Cold start',
      about:
        'From spawning to the answer to tools/list; the ratio is to the floor, a server on the same Node that does nothing. Exit: from the end of input, right after that answer, to the end of the process. "Spare": the broker has a loaded gateway ready; "no spare": another client has just taken it.',
      columns: [
        { head: 'ms', digits: 1 },
        { head: 'ratio', digits: 2, bound: 'most' },
        { head: 'exit ms', digits: 1 },
      ],
      rows,
    },
  ]
}

function waysOn(bench: Bench, node: Runtime): Way[] {
  const { server, programs, brokerOf } = bench
  const way = (how: string, program: string, start: Way['start']): Way => ({ node, how, program, start })
  const ours = programs.flatMap(program => {
    const solo = () => measureStart(node, launchProgram(program, server, { node: node.command }))
    const relayed = async () => {
      const { home } = await brokerOf(program)
      return measureStart(node, launchProgram(program, server, { node: node.command, home }))
    }
    return [
      way('solo', program.name, solo),
      way('broker, spare', program.name, async () => {
        await (await brokerOf(program)).spareReady()
        return relayed()
      }),
      way('broker, no spare', program.name, () => withoutSpare(bench, program, relayed)),
    ]
  })
  const floor = way('floor', '', () => measureStart(node, launchFloor(node.command)))
  // Rows of the same kind stand under each other.
  return [floor, ...ours.sort((a, b) => order(a) - order(b))]
}

function order({ how }: Way): number {
  return ['solo', 'broker, spare', 'broker, no spare'].indexOf(how)
}

async function measureStart(node: Runtime, launch: Launch): Promise<{ start: number; exit: number }> {
  // Who waited for a spare before has a processor that has cooled down: everybody starts right after another start.
  const { client: before } = await coldStart(launchFloor(node.command))
  await before.end()
  const { client, ms } = await coldStart(launch)
  return { start: ms, exit: await client.end() }
}
