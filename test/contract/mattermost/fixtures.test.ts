import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startMattermost } from '../../support/mattermost/server.ts'
import { differences, recordedReply, visible } from './fixture-compare.ts'
import { type Entry, fixturesPresent, readEntries, sentBody } from './fixture-files.ts'
import { credentials, type Replay, SKIPPED, STEPS } from './fixture-steps.ts'
import { fixtureWorld } from './fixture-world.ts'
import { type RawReply, send } from './raw-http.ts'

// In order of time; what one changes the next ones find.
const FILES = [
  'users',
  'teams',
  'channels',
  'channel-posts',
  'posts',
  'create-post',
  'search',
  'system',
  'auth',
  'developer-mode',
  'other-settings',
  'rate-limit',
  'database-down',
]

describe.skipIf(!fixturesPresent)('replies recorded from a real 6.7.3 server', () => {
  if (!fixturesPresent)
    return it('are missing: ../shared/fixtures/mattermost-6.7.3 is not here', () => undefined)
  const replay = {} as Replay
  beforeAll(async () => Object.assign(replay, await started('')))
  afterAll(() => replay.mattermost.close())
  for (const file of FILES) describe(file, () => replayFile(replay, file))
  return undefined
})

describe.skipIf(!fixturesPresent)('replies recorded below a subpath', () => {
  if (!fixturesPresent) return
  const replay = {} as Replay
  beforeAll(async () => Object.assign(replay, await started('/mm')))
  afterAll(() => replay.mattermost.close())
  replayFile(replay, 'subpath')
})

async function started(subpath: string): Promise<Replay> {
  const fixture = fixtureWorld()
  return { ...fixture, mattermost: await startMattermost({ world: fixture.world, subpath }) }
}

function replayFile(replay: Replay, file: string): void {
  const etags = new Map<string, string>()
  const entries = readEntries(file)
  for (const [nth, entry] of entries.entries()) {
    const reason = find(SKIPPED, file, entry)
    if (reason !== undefined) it.skip(`${entry.name} (${reason})`)
    else it(entry.name, () => check(replay, file, entry, nth, etags))
  }
}

/** The table's line for an entry: the longest that its name begins with. */
function find<T>(table: Record<string, T>, file: string, entry: Entry): T | undefined {
  const keys = Object.keys(table).filter(key => `${file}: ${entry.name}`.startsWith(key))
  const key = keys.sort((a, b) => b.length - a.length)[0]
  return key === undefined ? undefined : table[key]
}

async function check(
  replay: Replay,
  file: string,
  entry: Entry,
  nth: number,
  etags: Map<string, string>,
): Promise<void> {
  await find(STEPS, file, entry)?.(replay)
  const { request, response, replies } = entry
  const headers = credentials(replay, file, entry, nth)
  const known = etags.get(headers['if-none-match'] ?? '')
  if (known !== undefined) headers['if-none-match'] = known
  const query = request.query?.replace('<TOKEN>', replay.world.token(replay.person('alice')))
  const sent = {
    method: request.method,
    path: request.path + (query === undefined ? '' : `?${query}`),
    headers: { 'content-type': 'application/json', ...headers },
    body: sentBody(request.body) ?? '',
  }
  const origin = new URL(replay.mattermost.url).origin
  if (replies !== undefined)
    return checkParallel(
      origin,
      sent,
      replies.map(reply => reply.status),
    )
  if (response?.closed !== undefined) {
    await expect(send(origin, sent)).rejects.toThrow()
    return
  }
  if (response === undefined) throw new Error('the entry has no reply')
  const reply = await send(origin, sent)
  const etag = reply.headers.get('etag')?.[0]
  if (etag !== undefined) etags.set(String(response.headers.etag), etag)
  compare(reply, response)
}

function compare(reply: RawReply, response: NonNullable<Entry['response']>): void {
  const recorded = recordedReply(response)
  if (response.body !== undefined) return expect(differences(visible(recorded), visible(reply))).toEqual([])
  // Long bodies were not kept; their heads were.
  expect(differences(visible({ ...recorded, text: '' }), visible({ ...reply, text: '' }))).toEqual([])
  if (response.orderLength !== undefined)
    expect(JSON.parse(reply.text).order).toHaveLength(response.orderLength)
  if (response.bodyTail !== undefined) expect(reply.text.slice(-40)).toMatch(endOf(response.bodyTail))
}

function endOf(tail: string): RegExp {
  return tail.endsWith(']') ? /}\n]$/ : /"status_code":500}$/
}

async function checkParallel(
  origin: string,
  sent: Parameters<typeof send>[1],
  statuses: number[],
): Promise<void> {
  const replies = await Promise.all(Array.from({ length: 20 }, () => send(origin, sent)))
  for (const reply of replies) expect(statuses).toContain(reply.status)
}
