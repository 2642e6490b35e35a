import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { MattermostClient } from '../../electron/integrations/mattermost/http/client.ts'
import { readAnswer, retryAfterSeconds } from '../../electron/integrations/mattermost/http/read-answer.ts'
import { type ErrorCode, KosmoError } from '../../shared/errors.ts'
import { openService } from '../support/tools/open-service.ts'
import { READERS, type Reader, SKIPPED } from '../support/tools/recorded-readers.ts'
import {
  type Entry,
  fixturesPresent,
  type Recorded,
  readEntries,
  wholeText,
} from './mattermost/fixture-files.ts'

const FILES = [
  'users',
  'teams',
  'channels',
  'channel-posts',
  'posts',
  'create-post',
  'system',
  'auth',
  'developer-mode',
  'other-settings',
  'rate-limit',
  'subpath',
  'database-down',
]

const TOKEN = 'tokentokentokentokentokent'
type Served = { recorded: Recorded | undefined; hits: number }
const served: Served = { recorded: undefined, hits: 0 }
let server: Server
let client: MattermostClient

beforeAll(async () => {
  server = createServer((request, response) => {
    if (request.method === 'POST') served.hits++
    request.resume()
    const { recorded } = served
    if (recorded === undefined) return void request.socket.destroy()
    const headers = Object.entries(recorded.headers).filter(
      ([name]) => !/^(content-length|transfer-encoding|connection|date)$/i.test(name),
    )
    const body = Buffer.from(wholeText(recorded.body ?? '').replaceAll('<TOKEN>', TOKEN))
    const packed = headers.some(([name, value]) => /^content-encoding$/i.test(name) && value === 'gzip')
    response.writeHead(recorded.status, Object.fromEntries(headers)).end(packed ? gzipSync(body) : body)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  client = openService({
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    token: TOKEN,
  }).client
})
afterAll(async () => {
  client.close()
  server.closeAllConnections()
  await new Promise(resolve => server.close(resolve))
})

describe.skipIf(!fixturesPresent)('every reply recorded from a real 6.7.3 server, read by our client', () => {
  if (!fixturesPresent)
    return it('is missing: ../shared/fixtures/mattermost-6.7.3 is not here', () => undefined)
  for (const file of FILES) {
    describe(file, () => {
      for (const entry of readEntries(file)) replay(entry)
    })
  }
  return undefined
})

function replay(entry: Entry): void {
  const path = entry.request.path.replace(/^(\/mm)*\/api\/v4/, '')
  const line = `${entry.request.method} ${path}`
  const reader = READERS.find(known => known.method === entry.request.method && known.path.test(path))
  const reason = SKIPPED.find(([pattern]) => pattern.test(line))?.[1]
  for (const [nth, recorded] of repliesOf(entry).entries()) {
    const name = nth === 0 ? entry.name : `${entry.name}, other reply ${nth}`
    if (reason !== undefined) it.skip(`${name} (${reason})`)
    else if (reader === undefined)
      it(name, () => expect.fail(`${line} has neither a reader nor a reason to be skipped`))
    else if (recorded !== undefined && recorded.body === undefined) it.skip(`${name} (its body was not kept)`)
    else it(name, () => check(reader, reader.path.exec(path)?.slice(1) ?? [], recorded))
  }
}

/** The replies of an entry; undefined for a connection that ended without one. */
function repliesOf({ response, replies }: Entry): (Recorded | undefined)[] {
  if (replies !== undefined) return replies
  return [response?.closed === undefined ? response : undefined]
}

async function check(reader: Reader, names: string[], recorded: Recorded | undefined): Promise<void> {
  Object.assign(served, { recorded, hits: 0 })
  // Through the client this would wait for as long as the reply says, each time.
  if (recorded?.status === 429 && reader.method === 'GET') return checkTooMany(recorded)
  // A wait that an earlier reply asked for is over.
  const fresh = openService({ url: client.server.base, token: TOKEN }).client
  const outcome = await reader
    .read(fresh, names.map(decodeURIComponent), jsonOf(recorded?.body))
    .catch((error: unknown) => error)
  fresh.close()
  const isPost = reader.path.source === '^\\/posts$'
  if (isPost) expect(served.hits).toBe(1)
  if (outcome instanceof Error) expect(String(outcome.message)).not.toContain(TOKEN)
  const wanted = expectedOf(reader, recorded, isPost)
  if (wanted.kind === 'value') return expect(outcome).toEqual(wanted.value)
  expect(outcome).toBeInstanceOf(KosmoError)
  expect(outcome).toMatchObject({ code: wanted.code })
  const id = errorIdOf(recorded)
  if (id !== undefined && /^[a-z0-9_.]+$/.test(id))
    expect(outcome).toMatchObject({ facts: { serverError: id } })
}

function checkTooMany({ status, headers, body = '' }: Recorded): void {
  const plain = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]),
  )
  const read = readAnswer({ status, headers: plain, body: Buffer.from(body) }, 'server')
  expect(read).toMatchObject({ kind: 'error', understood: true, error: { code: 'rate_limited' } })
  expect(retryAfterSeconds(plain['retry-after'], 0)).toBeGreaterThanOrEqual(1)
}

type Wanted = { kind: 'value'; value: unknown } | { kind: 'error'; code: ErrorCode }

const NO_CHANNELS = 'app.channel.get_channels.not_found.app_error'

function expectedOf(reader: Reader, recorded: Recorded | undefined, isPost: boolean): Wanted {
  if (recorded === undefined) return { kind: 'error', code: isPost ? 'unknown_outcome' : 'network' }
  const { status } = recorded
  const id = errorIdOf(recorded)
  if (id === NO_CHANNELS) return { kind: 'value', value: [] }
  if (id !== undefined && status === 200) return { kind: 'error', code: 'unavailable' }
  if (status === 200 || status === 201) {
    return { kind: 'value', value: reader.expected(JSON.parse(wholeText(recorded.body ?? '')) as never) }
  }
  if (status === 403 && reader.path.source.endsWith('stats$')) return { kind: 'value', value: undefined }
  if (status >= 300 && status < 400)
    return { kind: 'error', code: isPost ? 'unknown_outcome' : 'bad_response' }
  const code = CODES[status] ?? 'unavailable'
  return { kind: 'error', code: isPost && status === 500 ? 'unknown_outcome' : code }
}

const CODES: Record<number, ErrorCode> = {
  400: 'refused',
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not_found',
  429: 'rate_limited',
  501: 'refused',
}

/** The id of the error that a body is, or ends in. */
function errorIdOf(recorded: Recorded | undefined): string | undefined {
  const found = /^\[?\{"id":"([^"]*)","message":"[^"]*","detailed_error":/.exec(recorded?.body ?? '')
  return found?.[1]
}

function jsonOf(body: string | undefined): unknown {
  try {
    return JSON.parse(wholeText(body ?? ''))
  } catch {
    return undefined
  }
}
