import { type Launch, StdioClient } from '../setup/stdio-client.ts'
import type { Bench } from './bench.ts'
import { launchProgram, type Program } from './programs.ts'

export type Started = { client: StdioClient; ms: number }

/** Starts a program; `ms` from spawning to the answer to `tools/list`. */
export async function coldStart(launch: Launch): Promise<Started> {
  const began = performance.now()
  const client = new StdioClient(launch)
  await client.initialize()
  await client.request('tools/list')
  return { client, ms: performance.now() - began }
}

/**
 * Runs something while the broker has no spare gateway: right after a client has got it. The next spare is started
 * 400 ms later at the earliest, and never before the work is through.
 */
export async function withoutSpare<T>(
  { server, brokerOf }: Bench,
  program: Program,
  work: () => Promise<T>,
): Promise<T> {
  const broker = await brokerOf(program)
  await broker.spareReady()
  const { client } = await coldStart(launchProgram(program, server, { home: broker.home }))
  // Its answer comes from the gateway that was the spare.
  await client.call('get_current_user')
  if (broker.gateways().length !== 1) throw new Error('the broker has a spare again already')
  try {
    return await work()
  } finally {
    await client.end()
  }
}
