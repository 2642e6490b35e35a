import { type ExampleWorld, exampleWorld, type PersonName } from '../mattermost/example-world.ts'
import type { LoggedRequest } from '../mattermost/request-log.ts'
import { type StartOptions, startMattermost, type TestMattermost } from '../mattermost/server.ts'
import { type OpenToolsOptions, openTools, type Tools } from './open-tools.ts'

const PING = '/api/v4/system/ping'

export type Town = ExampleWorld & {
  mattermost: TestMattermost
  /** Alice's tools. */
  tools: Tools
  /** Tools with their own memory, as on the first call. */
  toolsOf(person: PersonName, options?: Partial<OpenToolsOptions>): Tools
  /** Every request since the last calm, those under way included, as `GET /api/v4/users/me`. */
  asked(): Promise<string[]>
  /** The requests that could have changed something. */
  writes(): LoggedRequest[]
  /** Forgets the requests and faults so far. */
  calm(): void
  close(): Promise<void>
}

/** The example workspace on a server of its own, and the tools of somebody in it. */
export async function openTown(options: StartOptions = {}): Promise<Town> {
  const example = exampleWorld()
  const mattermost = await startMattermost({ world: example.world, ...options })
  const toolsOf: Town['toolsOf'] = (person, more = {}) => {
    return openTools({ url: mattermost.url, token: example.world.token(example.people[person]), ...more })
  }
  return {
    ...example,
    mattermost,
    tools: toolsOf('alice'),
    toolsOf,
    async asked() {
      // A request that nobody waits for arrives before these two do.
      for (let pings = 0; pings < 2; pings++) await fetch(`${mattermost.url}${PING}`)
      const others = mattermost.requests.filter(({ path }) => !path.endsWith(PING))
      return others.map(({ method, path }) => `${method} ${path}`)
    },
    writes: () => mattermost.requests.filter(request => !isRead(request)),
    calm() {
      mattermost.requests.length = 0
      mattermost.faults.clear()
    },
    close: () => mattermost.close(),
  }
}

function isRead({ method, path }: LoggedRequest): boolean {
  return method === 'GET' || path.endsWith('/users/ids')
}
