import { launchKosmo } from '../setup/launch.ts'
import { type ClientOptions, connect, type StdioClient } from '../setup/stdio-client.ts'
import type { WriteRequest } from '../support/clients/gateway-command.ts'
import { type ExampleWorld, exampleWorld } from '../support/mattermost/example-world.ts'
import { startMattermost, type TestMattermost } from '../support/mattermost/server.ts'

/** What the demo plays on: a Mattermost with a made-up team, and Alice's account there. */
export type Stage = {
  mattermost: TestMattermost
  example: ExampleWorld
  /** Requests so far that would have made a post, whatever came of them. */
  postRequests(): number
  /** Runs `act` with a program of its own, started as a client starts it. */
  withProgram(
    write: WriteRequest,
    act: (client: StdioClient, tools: { name: string }[]) => Promise<void>,
    options?: ClientOptions,
  ): Promise<void>
}

/** Opens the stage. */
export async function openStage(): Promise<Stage> {
  const example = exampleWorld()
  const mattermost = await startMattermost({ world: example.world })
  const account = { url: mattermost.url, token: example.world.token(example.people.alice) }
  return {
    mattermost,
    example,
    postRequests: () => mattermost.requestsTo('POST', /\/posts$/).length,
    withProgram: async (write, act, options) => {
      const clientInfo = { name: 'kosmo-demo', version: '1' }
      const { client, tools } = await connect(launchKosmo(write, account), { clientInfo, ...options })
      try {
        await act(client, tools)
      } finally {
        await client.end()
      }
    },
  }
}
