import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { MattermostClient } from '../../../../../electron/integrations/mattermost/http/client.ts'
import { route } from '../../../../../electron/integrations/mattermost/http/route.ts'
import { KosmoError } from '../../../../../shared/errors.ts'
import type { Fault } from '../../../../support/mattermost/faults.ts'
import { openService } from '../../../../support/tools/open-service.ts'
import { openTown, type Town } from '../../../../support/tools/open-town.ts'

let town: Town
let token: string
let client: MattermostClient
beforeEach(async () => {
  town = await openTown()
  token = town.world.token(town.people.alice)
  client = openService({ url: town.mattermost.url, token }).client
})
afterEach(async () => {
  client.close()
  await town.close()
})

const ME = { method: 'GET', path: /users\/me$/ }
const meets = (fault: Fault, times = 9) => town.mattermost.faults.push({ match: ME, times, fault })
const read = (signal = new AbortController().signal) => client.read(route`/users/me`, { signal })

async function failure(promise: Promise<unknown>): Promise<KosmoError> {
  const error = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof KosmoError)) throw new Error(`expected a KosmoError, got ${String(error)}`)
  expect(error.message).not.toContain(token)
  return error
}

describe('a redirect', () => {
  let other: Server
  let seen: string[]
  let target: string
  beforeEach(async () => {
    seen = []
    other = createServer((request, response) => {
      seen.push(`${request.method} ${request.url} ${request.headers.authorization ?? ''}`)
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"id":"stolen"}')
    })
    await new Promise<void>(resolve => other.listen(0, '127.0.0.1', resolve))
    target = `127.0.0.1:${(other.address() as AddressInfo).port}`
  })
  afterEach(() => new Promise(resolve => other.close(resolve)))

  it.each([301, 302, 303, 307, 308])(
    'with %i to another host is refused and named; that host sees nothing',
    async status => {
      meets({ kind: 'reply', status, headers: [['Location', `http://${target}/api/v4/users/me`]] })
      const error = await failure(read())
      expect(error).toMatchObject({ code: 'bad_response', facts: { status } })
      expect(error.message).toContain(`redirects to ${target}`)
      expect(seen).toEqual([])
    },
  )

  it('of a write is refused too, as an outcome that is not known', async () => {
    town.mattermost.faults.push({
      match: { method: 'POST', path: /posts$/ },
      fault: { kind: 'reply', status: 307, headers: [['Location', `http://${target}/api/v4/posts`]] },
    })
    const result = await client.write(route`/posts`, { body: {}, signal: new AbortController().signal })
    expect(result).toMatchObject({ kind: 'unknown' })
    expect(seen).toEqual([])
  })

  it.each([
    '',
    'javascript:alert(1)',
    '//evil.example/x',
    'http://[bad',
    `https://${'x'.repeat(300)}.example/`,
  ])('to %j is refused in one short line', async location => {
    meets({ kind: 'reply', status: 302, headers: location === '' ? [] : [['Location', location]] })
    const { message } = await failure(read())
    expect(message).toContain('Redirects are not followed')
    expect(message).not.toMatch(/alert|redirects to \./)
    expect(message.length).toBeLessThan(400)
  })
})
