import { type ExampleWorld, exampleWorld } from '../../support/mattermost/example-world.ts'
import { type StartOptions, startMattermost, type TestMattermost } from '../../support/mattermost/server.ts'
import { type Answer, answer } from './asking.ts'
import { send } from './raw-http.ts'

export type OwnServer = ExampleWorld & {
  mattermost: TestMattermost
  clock: { now: number }
  /** Asks as alice unless another token is given; the path is below the server's address. */
  ask: (
    path: string,
    options?: { token?: string; method?: string; body?: unknown; headers?: Record<string, string> },
  ) => Promise<Answer>
  close: () => Promise<void>
}

/** Our own server with the example workspace and a clock that stands still, for what needs settings or time. */
export async function ownServer(options: StartOptions = {}): Promise<OwnServer> {
  const clock = { now: Date.UTC(2026, 0, 15, 12) }
  const example = exampleWorld({ now: () => clock.now })
  const mattermost = await startMattermost({ world: example.world, ...options })
  const { origin, pathname } = new URL(mattermost.url)
  return {
    ...example,
    mattermost,
    clock,
    close: mattermost.close,
    ask: async (path, asked = {}) => {
      const { body } = asked
      const token = asked.token ?? example.world.token(example.people.alice)
      const reply = await send(origin, {
        method: asked.method ?? (body === undefined ? 'GET' : 'POST'),
        path: pathname.replace(/\/$/, '') + path,
        headers: { ...(token === '' ? {} : { authorization: `Bearer ${token}` }), ...asked.headers },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      })
      return answer(reply)
    },
  }
}
