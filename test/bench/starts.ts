import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { bareEnvironment, launchKosmo } from '../setup/launch.ts'
import { type Launch, StdioClient } from '../setup/stdio-client.ts'
import { type Runtime, runtimes } from './runtimes.ts'
import type { BenchServer } from './server-process.ts'
import { pairedRatios, type Spread, spread } from './stats.ts'

export type StartRow = {
  runtime: string
  /** Milliseconds from spawning to the answer to `tools/list`. */
  floor: Spread
  kosmo: Spread
  ratio: Spread
  /** Milliseconds from closing stdin to the end of the process, right after that answer. */
  exitAtOnce: Spread
}

const LATER_MS = 300

/** Cold starts of ours and of a server that does nothing, in pairs whose order alternates. */
export async function measureStarts(server: BenchServer, pairs: number): Promise<StartRow[]> {
  const nodes = runtimes()
  const rows = nodes.map(runtime => ({
    runtime,
    floor: [] as number[],
    kosmo: [] as number[],
    exit: [] as number[],
  }))
  // The first of each warms the disk cache and is not counted.
  for (let nth = -1; nth < pairs; nth++) {
    for (const row of rows) {
      const order = nth % 2 === 0 ? (['floor', 'kosmo'] as const) : (['kosmo', 'floor'] as const)
      for (const what of order) {
        const launch =
          what === 'floor' ? launchFloor(row.runtime) : launchKosmo('deny', server, row.runtime.command)
        const { client, ms } = await coldStart(launch)
        const exit = await client.end()
        if (nth < 0) continue
        row[what].push(ms)
        if (what === 'kosmo') row.exit.push(exit)
      }
    }
  }
  return rows.map(({ runtime, floor, kosmo, exit }) => ({
    runtime: runtime.name,
    floor: spread(floor),
    kosmo: spread(kosmo),
    ratio: spread(pairedRatios(kosmo, floor)),
    exitAtOnce: spread(exit),
  }))
}

export type FirstCallRow = {
  runtime: string
  tool: string
  /** Milliseconds of the first call of a process, 300 ms after the answer to `tools/list`. */
  later: Spread
  /** The same right after that answer. */
  atOnce: Spread
  /** Milliseconds from closing stdin to the end of the process, after a call. */
  exit: Spread
}

/** First calls of fresh processes, over plain HTTP: one that makes a single request, and one that makes several. */
export async function measureFirstCalls(server: BenchServer, rounds: number): Promise<FirstCallRow[]> {
  const tools = [
    { tool: 'get_current_user', args: {} },
    { tool: 'get_post', args: { post_id: server.postId } },
  ]
  const rows = runtimes().flatMap(runtime =>
    tools.map(tool => ({
      ...tool,
      runtime,
      later: [] as number[],
      atOnce: [] as number[],
      exit: [] as number[],
    })),
  )
  for (let nth = 0; nth < rounds; nth++) {
    for (const { tool, args, runtime, ...times } of rows) {
      for (const what of ['later', 'atOnce'] as const) {
        const { client } = await coldStart(launchKosmo('deny', server, runtime.command))
        if (what === 'later') await sleep(LATER_MS)
        const began = performance.now()
        await client.call(tool, args)
        times[what].push(performance.now() - began)
        const exit = await client.end()
        if (what === 'later') times.exit.push(exit)
      }
    }
  }
  return rows.map(({ runtime, tool, later, atOnce, exit }) => ({
    runtime: runtime.name,
    tool,
    later: spread(later),
    atOnce: spread(atOnce),
    exit: spread(exit),
  }))
}

async function coldStart(launch: Launch): Promise<{ client: StdioClient; ms: number }> {
  const began = performance.now()
  const client = new StdioClient(launch)
  await client.initialize()
  await client.request('tools/list')
  return { client, ms: performance.now() - began }
}

/** The server that does nothing. */
export function launchFloor({ command }: Runtime): Launch {
  const script = fileURLToPath(new URL('floor.cjs', import.meta.url))
  return { command, args: [script], env: bareEnvironment() }
}
