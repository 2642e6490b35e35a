import type { StdioClient, ToolResult } from '../../setup/stdio-client.ts'
import { startMattermost } from '../../support/mattermost/server.ts'
import { BareHttp } from '../bare-http.ts'
import type { Bench } from '../bench.ts'
import { coldStart } from '../cold-start.ts'
import { goodCall } from '../good-call.ts'
import { launchProgram, type Program } from '../programs.ts'
import type { Cell, Row, Section } from '../section.ts'
import { exactly } from '../stats.ts'
import { countTokens } from '../tokens.ts'
import { type BenchWorld, channelsWorld, postsWorld } from '../worlds.ts'

const MAX_PAGE_TOKENS = 5_000

type Kind = {
  what: string
  tool: string
  args: Record<string, unknown>
  /** Where the API tells the same, below `/api/v4`. */
  path: string
  body?: unknown
  mostTokens?: number
  /** A list, of which so many are read: as many calls as it takes. */
  list?: { name: string; count: number }
}

/** What ends up in a model's context, in bytes and tokens: counted, not timed. */
export async function measureContext({ programs }: Bench): Promise<Section[]> {
  const rows: Row[] = []
  const posts = postsWorld(60, 300)
  for (const program of programs) rows.push(await toolList(program, posts))
  const channelsOf = channelsWorld(40)
  const worlds = [
    { world: posts, kinds: postKinds(posts) },
    {
      world: channelsOf,
      kinds: [
        {
          what: '40 channels',
          tool: 'list_channels',
          args: {},
          path: '/users/me/channels',
          list: { name: 'channels', count: 40 },
        },
      ],
    },
  ]
  for (const { world, kinds } of worlds) rows.push(...(await inWorld(programs, world, kinds)))
  return [
    {
      id: 'context',
      title: 'In the context of a model',
      about:
        'Bytes and o200k tokens of what a tool answers, as text and as data (structuredContent), beside the JSON of the API for the same thing. A client gives its model one of the two. A list that does not fit one answer is read on to its end, with all calls counted.',
      columns: [
        { head: 'calls', digits: 0 },
        { head: 'text bytes', digits: 0 },
        { head: 'text tokens', digits: 0 },
        { head: 'data tokens', digits: 0 },
        { head: 'API bytes', digits: 0 },
        { head: 'API tokens', digits: 0 },
        { head: 'text of API', digits: 2, bound: 'most' },
        { head: 'data of API', digits: 2, bound: 'most' },
      ],
      rows,
    },
  ]
}

function postKinds({ channel, world }: BenchWorld): Kind[] {
  const [, post] = world.posts.inChannel(channel.id)
  const id = post?.id ?? ''
  const message = 'A post of the bench.'
  return [
    {
      what: '60 posts of 300 characters',
      tool: 'list_posts',
      args: { channel_id: channel.id, per_page: 60 },
      path: `/channels/${channel.id}/posts?page=0&per_page=60`,
      mostTokens: MAX_PAGE_TOKENS,
      list: { name: 'posts', count: 60 },
    },
    { what: 'a post', tool: 'get_post', args: { post_id: id }, path: `/posts/${id}` },
    {
      what: 'a channel',
      tool: 'get_channel',
      args: { channel_id: channel.id },
      path: `/channels/${channel.id}`,
    },
    { what: 'the teams', tool: 'list_teams', args: {}, path: '/users/me/teams' },
    { what: 'the account', tool: 'get_current_user', args: {}, path: '/users/me' },
    {
      what: 'what was posted',
      tool: 'create_post',
      args: { channel_id: channel.id, message },
      path: '/posts',
      body: { channel_id: channel.id, message },
    },
  ]
}

async function inWorld(programs: readonly Program[], at: BenchWorld, kinds: readonly Kind[]): Promise<Row[]> {
  const mattermost = await startMattermost({ world: at.world })
  const account = { url: mattermost.url, token: at.token }
  const http = new BareHttp(account)
  const clients = await Promise.all(
    programs.map(async program => {
      const { client } = await coldStart(launchProgram(program, account, { write: 'allow' }))
      return { program, client }
    }),
  )
  const rows: Row[] = []
  for (const kind of kinds) {
    for (const { program, client } of clients) rows.push(await rowOf(kind, program, client, http))
  }
  await Promise.all(clients.map(({ client }) => client.end()))
  http.close()
  await mattermost.close()
  return rows
}

async function rowOf(kind: Kind, { name }: Program, client: StdioClient, http: BareHttp): Promise<Row> {
  const { what, tool, path, body, mostTokens } = kind
  const answers = await readAll(client, kind)
  const raw = JSON.stringify(await http.send(path, body))
  const texts = answers.map(({ text }) => text)
  const data = answers.flatMap(({ structured }) => (structured ? [JSON.stringify(structured)] : []))
  const [textTokens, rawTokens] = [sum(texts.map(countTokens)), countTokens(raw)]
  const dataTokens = data.length === 0 ? undefined : sum(data.map(countTokens))
  return {
    what: `${what} (${tool})`,
    program: name,
    cells: [
      counted(answers.length),
      counted(sum(texts.map(text => Buffer.byteLength(text)))),
      { value: exactly(textTokens), ...(mostTokens !== undefined && { goal: { most: mostTokens } }) },
      dataTokens === undefined ? null : counted(dataTokens),
      counted(Buffer.byteLength(raw)),
      counted(rawTokens),
      counted(textTokens / rawTokens),
      dataTokens === undefined ? null : counted(dataTokens / rawTokens),
    ],
  }
}

/** Reads on until all of a list has been read. @throws where it ends before */
async function readAll(client: StdioClient, { tool, args, list }: Kind): Promise<ToolResult[]> {
  const answers: ToolResult[] = []
  let count = 0
  for (let next: Record<string, unknown> | undefined = {}; next !== undefined; ) {
    const answer = await goodCall(client, tool, { ...args, ...next })
    answers.push(answer)
    const data = answer.structured as Record<string, unknown> | undefined
    const items: unknown = list && data?.[list.name]
    count += Array.isArray(items) ? items.length : 0
    next = list !== undefined && count < list.count ? (data?.next as typeof next) : undefined
  }
  if (list !== undefined && count !== list.count) {
    throw new Error(`${tool}: ${count} ${list.name} instead of ${list.count}`)
  }
  return answers
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}

async function toolList(program: Program, at: BenchWorld): Promise<Row> {
  const mattermost = await startMattermost({ world: at.world })
  const launch = launchProgram(program, { url: mattermost.url, token: at.token }, { write: 'allow' })
  const { client } = await coldStart(launch)
  const text = JSON.stringify(await client.request('tools/list'))
  await client.end()
  await mattermost.close()
  return {
    what: 'tools/list, seven tools',
    program: program.name,
    cells: [
      counted(1),
      counted(Buffer.byteLength(text)),
      counted(countTokens(text)),
      null,
      null,
      null,
      null,
      null,
    ],
  }
}

function counted(value: number): Cell {
  return { value: exactly(value) }
}
