import { existsSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { launchKosmo } from '../setup/launch.ts'
import { type Launch, StdioClient } from '../setup/stdio-client.ts'
import { type BrokerProcess, startBrokerProcess } from './broker-process.ts'
import { privateMegabytes } from './memory.ts'
import { runtimes } from './runtimes.ts'
import type { BenchServer } from './server-process.ts'
import { launchFloor } from './starts.ts'
import { pairedRatios, type Spread, spread } from './stats.ts'

export type RelayFigures = {
  /** Milliseconds from spawning to the answer to `tools/list`, in turns with a server that does nothing. */
  starts: { runtime: string; floor: Spread; relayed: Spread; ratio: Spread }[]
  /** Milliseconds of `get_post` as a client's first call, 300 ms after that answer. */
  firstCall: Spread
  /** Milliseconds of `get_post` alone and through the broker, in turns. */
  call: { solo: Spread; relayed: Spread }
  /** Private megabytes. */
  memory: { bridge: number; gateway: number; gatewayAfterCalls: number; broker: number } | undefined
  /** So many clients at once: until all have listed their tools, and until all have had a first answer. */
  crowd: { clients: number; listedMs: number; answeredMs: number; privateMegabytes: number | undefined }
}

const LATER_MS = 300
const CALLS = 1000
const CROWD = 64

/** Everything about clients that a broker serves. */
export async function measureRelay(server: BenchServer, pairs: number, calls: number): Promise<RelayFigures> {
  const broker = await startBrokerProcess()
  try {
    const starts = await measureStarts(broker, server, pairs)
    const firstCall = await measureFirstCall(broker, server, 15)
    const call = await measureCall(broker, server, calls)
    const memory = await measureMemory(broker, server)
    const crowd = await measureCrowd(broker, server)
    return { starts, firstCall, call, memory, crowd }
  } finally {
    await broker.close()
  }
}

async function measureStarts(broker: BrokerProcess, server: BenchServer, pairs: number) {
  const rows = runtimes().map(runtime => ({ runtime, floor: [] as number[], relayed: [] as number[] }))
  for (let nth = -1; nth < pairs; nth++) {
    for (const row of rows) {
      const order = nth % 2 === 0 ? (['floor', 'relayed'] as const) : (['relayed', 'floor'] as const)
      for (const what of order) {
        await broker.spareReady()
        const { command } = row.runtime
        const launch = what === 'floor' ? launchFloor(row.runtime) : broker.launch('deny', server, command)
        const { client, ms } = await coldStart(launch)
        await client.end()
        if (nth >= 0) row[what].push(ms)
      }
    }
  }
  return rows.map(({ runtime, floor, relayed }) => ({
    runtime: runtime.name,
    floor: spread(floor),
    relayed: spread(relayed),
    ratio: spread(pairedRatios(relayed, floor)),
  }))
}

async function measureFirstCall(broker: BrokerProcess, server: BenchServer, rounds: number): Promise<Spread> {
  const times: number[] = []
  for (let nth = 0; nth < rounds; nth++) {
    await broker.spareReady()
    const { client } = await coldStart(broker.launch('deny', server))
    await sleep(LATER_MS)
    times.push(await timed(() => client.call('get_post', { post_id: server.postId })))
    await client.end()
  }
  return spread(times)
}

async function measureCall(broker: BrokerProcess, server: BenchServer, calls: number) {
  const { client: alone } = await coldStart(launchKosmo('deny', server))
  const { client: relayed } = await coldStart(broker.launch('deny', server))
  const times = { solo: [] as number[], relayed: [] as number[] }
  for (let nth = -50; nth < calls; nth++) {
    const args = { post_id: server.postId }
    const [solo, through] = [
      await timed(() => alone.call('get_post', args)),
      await timed(() => relayed.call('get_post', args)),
    ]
    if (nth < 0) continue
    times.solo.push(solo)
    times.relayed.push(through)
  }
  await alone.end()
  await relayed.end()
  return { solo: spread(times.solo), relayed: spread(times.relayed) }
}

async function measureMemory(broker: BrokerProcess, server: BenchServer) {
  if (!existsSync('/proc/self/smaps_rollup')) return undefined
  await broker.spareReady()
  const before = broker.gateways()
  const { client } = await coldStart(broker.launch('deny', server))
  await sleep(1_000)
  const [pid = 0] = before
  const bridge = privateMegabytes(client.pid)
  const gateway = privateMegabytes(pid)
  for (let nth = 0; nth < CALLS; nth++) await client.call('get_post', { post_id: server.postId })
  await sleep(1_000)
  const figures = {
    bridge,
    gateway,
    gatewayAfterCalls: privateMegabytes(pid),
    broker: privateMegabytes(broker.pid),
  }
  await client.end()
  return figures
}

async function measureCrowd(broker: BrokerProcess, server: BenchServer) {
  const began = performance.now()
  const clients = await Promise.all(
    Array.from({ length: CROWD }, async () => (await coldStart(broker.launch('deny', server))).client),
  )
  const listedMs = performance.now() - began
  await Promise.all(clients.map(client => client.call('get_post', { post_id: server.postId })))
  const answeredMs = performance.now() - began
  const pids = [...clients.map(({ pid }) => pid), ...broker.gateways()]
  const megabytes = existsSync('/proc/self/smaps_rollup')
    ? pids.reduce((sum, pid) => sum + privateMegabytes(pid), 0) / CROWD
    : undefined
  await Promise.all(clients.map(client => client.end()))
  return { clients: CROWD, listedMs, answeredMs, privateMegabytes: megabytes }
}

async function coldStart(launch: Launch): Promise<{ client: StdioClient; ms: number }> {
  const began = performance.now()
  const client = new StdioClient(launch)
  await client.initialize()
  await client.request('tools/list')
  return { client, ms: performance.now() - began }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await work()
  return performance.now() - began
}
