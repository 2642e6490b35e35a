import { existsSync, readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { launchKosmo } from '../setup/launch.ts'
import { connect, type StdioClient } from '../setup/stdio-client.ts'
import type { BenchServer } from './server-process.ts'
import { launchFloor } from './starts.ts'

export type MemoryRow = {
  program: string
  /** Private megabytes (USS): what one more session costs. */
  afterToolsList: number
  afterCalls: number
}

const CALLS = 1000
const REST_MS = 1_000

/** Private memory of ours and of the server that does nothing; empty where the system does not tell (not Linux). */
export async function measureMemory(server: BenchServer): Promise<MemoryRow[]> {
  if (!existsSync('/proc/self/smaps_rollup')) return []
  const floor = { name: 'floor', command: process.execPath }
  return [
    await measure('does nothing', await connect(launchFloor(floor)), () => ({})),
    await measure('kosmo', await connect(launchKosmo('deny', server)), nth =>
      nth % 10 === 0 ? { channel_id: server.channelId } : { post_id: server.postId },
    ),
  ]
}

async function measure(
  program: string,
  { client }: { client: StdioClient },
  argsOf: (nth: number) => Record<string, unknown>,
): Promise<MemoryRow> {
  await sleep(REST_MS)
  const afterToolsList = privateMegabytes(client.pid)
  for (let nth = 0; nth < CALLS; nth++) {
    const args = argsOf(nth)
    await client.call('channel_id' in args ? 'list_posts' : 'get_post', args)
  }
  await sleep(REST_MS)
  const afterCalls = privateMegabytes(client.pid)
  await client.end()
  return { program, afterToolsList, afterCalls }
}

/** Memory that only this process has (USS). */
export function privateMegabytes(pid: number): number {
  const text = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8')
  const kilobytes = [...text.matchAll(/^Private_(?:Clean|Dirty):\s+(\d+) kB/gm)].map(match =>
    Number(match[1]),
  )
  return kilobytes.reduce((sum, each) => sum + each, 0) / 1024
}
