import { launchKosmo } from '../setup/launch.ts'
import { connect, type StdioClient } from '../setup/stdio-client.ts'
import { BareHttp } from './bare-http.ts'
import type { BenchServer } from './server-process.ts'
import { quantile, spread } from './stats.ts'

export type CallRow = {
  tool: string
  n: number
  /** Requests to Mattermost that one call makes. */
  requests: number
  bare: { p50: number; p99: number }
  kosmo: { p50: number; p99: number }
  /** Median of ours over the median of one bare request. */
  addedP50: number
  addedP99: number
}

type Kind = {
  tool: string
  note: string
  args: Record<string, unknown>
  bare: { path: string; body?: unknown }
}

const WARM_UP = 30

/** Calls of one running program, each beside one bare request for the same thing. */
export async function measureCalls(server: BenchServer, n: number): Promise<CallRow[]> {
  const http = new BareHttp(server)
  const { client } = await connect(launchKosmo('allow', server))
  const rows: CallRow[] = []
  for (const { tool, note, args, bare } of kinds(server)) {
    const call = (): Promise<unknown> => goodCall(client, tool, args)
    const send = (): Promise<unknown> => http.send(bare.path, bare.body)
    for (let nth = 0; nth < WARM_UP; nth++) {
      await call()
      await send()
    }
    await server.requests()
    await call()
    const requests = await server.requests()
    const times = { bare: [] as number[], kosmo: [] as number[] }
    for (let nth = 0; nth < n; nth++) {
      times.bare.push(await timed(send))
      times.kosmo.push(await timed(call))
    }
    const [ours, theirs] = [percentiles(times.kosmo), percentiles(times.bare)]
    const added = { addedP50: ours.p50 - theirs.p50, addedP99: ours.p99 - theirs.p99 }
    rows.push({
      tool: note === '' ? tool : `${tool}, ${note}`,
      n,
      requests,
      bare: theirs,
      kosmo: ours,
      ...added,
    })
  }
  await client.end()
  http.close()
  return rows
}

function kinds({ channelId, postId }: BenchServer): Kind[] {
  const message = 'A post of the bench.'
  return [
    { tool: 'get_post', note: '', args: { post_id: postId }, bare: { path: `/posts/${postId}` } },
    {
      tool: 'list_posts',
      note: '60 posts',
      args: { channel_id: channelId, per_page: 60 },
      bare: { path: `/channels/${channelId}/posts?page=0&per_page=61` },
    },
    { tool: 'list_channels', note: '', args: {}, bare: { path: '/users/me/channels' } },
    {
      tool: 'create_post',
      note: '',
      args: { channel_id: channelId, message },
      bare: { path: '/posts', body: { channel_id: channelId, message } },
    },
  ]
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await work()
  return performance.now() - began
}

function percentiles(values: number[]): { p50: number; p99: number } {
  return { p50: quantile(values, 0.5), p99: quantile(values, 0.99) }
}

/** An error would be the fastest call of all. */
async function goodCall(client: StdioClient, tool: string, args: Record<string, unknown>): Promise<void> {
  const { isError, text } = await client.call(tool, args)
  if (isError) throw new Error(`${tool}: ${text}`)
}

export type ThroughputRow = {
  inFlight: number
  /** Per second, medians of the rounds. */
  bare: number
  kosmo: number
  ratio: number
}

/** `get_post` calls per second against bare requests per second, in turns, with so many open at a time. */
export async function measureThroughput(server: BenchServer, roundMs: number): Promise<ThroughputRow[]> {
  const http = new BareHttp(server)
  const { client } = await connect(launchKosmo('deny', server))
  const call = (): Promise<unknown> => goodCall(client, 'get_post', { post_id: server.postId })
  const send = (): Promise<unknown> => http.send(`/posts/${server.postId}`)
  const rows: ThroughputRow[] = []
  for (const inFlight of [1, 8, 64]) {
    const rates = { bare: [] as number[], kosmo: [] as number[] }
    for (let round = -1; round < 3; round++) {
      const bare = await perSecond(send, inFlight, roundMs)
      const kosmo = await perSecond(call, inFlight, roundMs)
      await server.requests()
      if (round < 0) continue
      rates.bare.push(bare)
      rates.kosmo.push(kosmo)
    }
    const [bare, kosmo] = [spread(rates.bare).median, spread(rates.kosmo).median]
    rows.push({ inFlight, bare, kosmo, ratio: kosmo / bare })
  }
  await client.end()
  http.close()
  return rows
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
