import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import { type ExampleWorld, exampleWorld } from '../../support/mattermost/example-world.ts'
import type { Channel } from '../../support/mattermost/records.ts'
import type { LoggedRequest } from '../../support/mattermost/request-log.ts'
import { type StartOptions, startMattermost, type TestMattermost } from '../../support/mattermost/server.ts'
import { environment, RawClient } from '../../support/mcp/raw-client.ts'
import { type RpcLine, resultText } from '../../support/mcp/rpc-line.ts'

export type RigOptions = {
  write?: 'deny' | 'ask' | 'allow'
  server?: Omit<StartOptions, 'world'>
  /** Environment of the program, on top of the usual one. */
  env?: Record<string, string>
  /** The address that the program is given, made from the server's. */
  url?: (url: string) => string
  /** Default: Alice's. */
  token?: (example: ExampleWorld) => string
  capabilities?: object
  /** Off where the first call is what the test is about: nothing is waited for but the handshake. */
  warm?: boolean
  /** Off where the process can reach nothing: the last call is left out. */
  recovers?: boolean
}

export type Said = { text: string; isError: boolean; data: Record<string, unknown> }

/** The built program beside a Mattermost of our own with the example workspace, for one test. */
export type Rig = ExampleWorld & {
  mattermost: TestMattermost
  client: RawClient
  token: string
  call: (name: string, args?: Record<string, unknown>) => Promise<Said>
  /** `METHOD /path` of every request since the rig was ready, without `/api/v4` and query. */
  seen: () => string[]
  /** The requests that posted something, in order. */
  posts: () => LoggedRequest[]
  /** Messages in a channel that came since the rig was ready. */
  posted: (channel: Channel) => string[]
}

/** What a process may have resident, in megabytes, whatever a server sends. */
export const MEMORY_MB = 250

/**
 * Runs a test on a rig of its own. Afterwards the process must still answer a ping and a normal call, must not have
 * taken more memory than it may, and nothing that it wrote may hold the token.
 */
export async function withRig(options: RigOptions, test: (rig: Rig) => Promise<void>): Promise<void> {
  const example = exampleWorld()
  const mattermost = await startMattermost({ ...options.server, world: example.world })
  const token = options.token?.(example) ?? example.world.token(example.people.alice)
  const home = mkdtempSync(join(tmpdir(), 'kosmo-reliability-'))
  const account = { url: options.url?.(mattermost.url) ?? mattermost.url, token }
  const env = { ...environment(account), HOME: home, KOSMO_HOME: join(home, 'kosmo'), ...options.env }
  const client = new RawClient({ write: options.write ?? 'deny', account, env })
  try {
    await client.handshake(options.capabilities === undefined ? {} : { capabilities: options.capabilities })
    if (options.warm !== false) await warm(client, mattermost)
    const rig = rigOf(example, mattermost, client, token)
    await test(rig)
    await expectAlive(rig, options.recovers !== false)
    expect(client.stderr, 'nothing went wrong unseen').not.toMatch(/internal fault|unhandled|warning/i)
    expect(client.usage().peak, 'megabytes resident').toBeLessThan(MEMORY_MB)
  } finally {
    await mattermost.close()
    try {
      await client.finish()
    } finally {
      rmSync(home, { recursive: true, force: true })
    }
  }
}

/** Waits until the program has made its first connection, so that what comes later belongs to the test. */
async function warm(client: RawClient, mattermost: TestMattermost): Promise<void> {
  await client.callTool('get_current_user')
  await client.callTool('list_teams')
  await until(() => mattermost.requests.every(({ status }) => status !== 0))
}

function rigOf(example: ExampleWorld, mattermost: TestMattermost, client: RawClient, token: string): Rig {
  const start = mattermost.requests.length
  const { channels, posts } = example.world
  const before = new Map([...channels.keys()].map(id => [id, posts.inChannel(id).length]))
  const since = (): LoggedRequest[] => mattermost.requests.slice(start)
  return {
    ...example,
    mattermost,
    client,
    token,
    call: async (name, args) => said(await client.callTool(name, args)),
    seen: () => since().map(({ method, path }) => `${method} ${path.replace(/^.*\/api\/v4/, '')}`),
    posts: () => since().filter(({ method, path }) => method === 'POST' && path.endsWith('/posts')),
    posted: channel =>
      posts
        .inChannel(channel.id)
        .slice(before.get(channel.id) ?? 0)
        .map(post => post.message),
  }
}

async function expectAlive({ client, mattermost, call }: Rig, recovers: boolean): Promise<void> {
  expect((await client.request('ping')).result).toEqual({})
  if (!recovers) return
  mattermost.faults.clear()
  // A circuit that this test has opened closes again after a while.
  await until(async () => {
    const { text } = await call('get_current_user')
    return /^username: /m.test(text) || text
  })
}

/** Waits until a check says true; what else it says last is the reason of the failure. */
export async function until(check: () => unknown, seconds = 20): Promise<void> {
  const end = performance.now() + seconds * 1000
  for (;;) {
    const said = await check()
    if (said === true) return
    if (performance.now() > end) throw new Error(`it never came to be: ${String(said)}`)
    await new Promise(resolve => setTimeout(resolve, 50))
  }
}

export function said(line: RpcLine): Said {
  const { isError, structuredContent } = line.result ?? {}
  return {
    text: line.error === undefined ? resultText(line) : `JSON-RPC ${line.error.message}`,
    isError: isError === true || line.error !== undefined,
    data: (structuredContent ?? {}) as Record<string, unknown>,
  }
}

/** Expects an error of this code that says all of this. */
export function expectError(answer: Said, code: string, ...words: (string | RegExp)[]): void {
  expect(answer.text).toMatch(new RegExp(`^ERROR: .* \\[${code}[,\\]]`, 's'))
  expect(answer.isError).toBe(true)
  for (const word of words) expect(answer.text).toMatch(word)
}

/** Expects a result, and gives its text. */
export function expectFine(answer: Said, ...words: (string | RegExp)[]): string {
  expect(answer.isError, answer.text).toBe(false)
  for (const word of words) expect(answer.text).toMatch(word)
  return answer.text
}
