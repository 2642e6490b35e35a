import { launchKosmo } from '../setup/launch.ts'
import { connect, type ToolResult } from '../setup/stdio-client.ts'
import { startMattermost } from '../support/mattermost/server.ts'
import { type BenchWorld, channelsWorld, postsWorld } from './worlds.ts'

/** Bytes of what ends up in a model's context, and the most that it may be. */
export type Size = { what: string; bytes: number; limit: number }

/** Measures `tools/list` with all seven tools, 30 posts of 100 characters and 40 channels, in both forms. */
export async function measureSizes(): Promise<Size[]> {
  const posts = postsWorld(30, 100)
  const page = await callOnce(posts, 'list_posts', { channel_id: posts.channel.id, per_page: 30 })
  expectCount(page.result, 'posts', 30)
  const list = await callOnce(channelsWorld(40), 'list_channels', {})
  expectCount(list.result, 'channels', 40)
  return [
    { what: 'tools/list, seven tools', bytes: bytes(JSON.stringify({ tools: page.tools })), limit: 6144 },
    { what: '30 posts of 100 characters, text', bytes: bytes(page.result.text), limit: 5000 },
    { what: '30 posts of 100 characters, data', bytes: dataBytes(page.result), limit: 6500 },
    { what: '40 channels, text', bytes: bytes(list.result.text), limit: 5000 },
    { what: '40 channels, data', bytes: dataBytes(list.result), limit: 8000 },
  ]
}

async function callOnce({ world, token }: BenchWorld, tool: string, args: Record<string, unknown>) {
  const mattermost = await startMattermost({ world })
  const { client, tools } = await connect(launchKosmo('allow', { url: mattermost.url, token }))
  try {
    return { tools, result: await client.call(tool, args) }
  } finally {
    await client.end()
    await mattermost.close()
  }
}

/** A short result would be within any limit. */
function expectCount({ structured, text }: ToolResult, key: string, count: number): void {
  const list = (structured as Record<string, unknown> | undefined)?.[key]
  const found = Array.isArray(list) ? list.length : 0
  if (found !== count) throw new Error(`${found} ${key} instead of ${count}: ${text.slice(0, 300)}`)
}

function dataBytes({ structured }: ToolResult): number {
  return bytes(JSON.stringify(structured))
}

function bytes(text: string): number {
  return Buffer.byteLength(text)
}
