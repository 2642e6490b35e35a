import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openJournal } from '../../../electron/broker/journal.ts'
import type { PreparedWrite } from '../../../electron/integrations/integration.ts'
import { createPostFunction } from '../../../electron/integrations/mattermost/functions/create-post.ts'
import { connectMattermost } from '../../../electron/integrations/mattermost/service.ts'
import { fitResult, itemCharacters } from '../../../shared/results/fit.ts'
import { startMattermost } from '../mattermost/server.ts'
import { World } from '../mattermost/world.ts'
import type { Output } from '../tools/outputs.ts'
import { VirtualClock } from './virtual-clock.ts'

export type CreatePostArguments = {
  channel_id: string
  message: string
  root_id?: string
  idempotency_key?: string
}

export type CreatedOutput = Pick<Output, 'id' | 'channel' | 'link' | 'notes' | 'root'> & {
  deduplicated?: boolean
  edited?: boolean
  sent?: string
}

const never = new AbortController().signal

/** create_post below the gateway: prepared, decided on and sent by the test itself, on a virtual clock. */
export async function openCreatePost() {
  const clock = new VirtualClock()
  const world = new World({ now: clock.now })
  const [alice, bob, grace] = ['alice', 'bob', 'grace'].map(name => world.addPerson(name))
  if (alice === undefined || bob === undefined || grace === undefined) throw new Error('nobody is there')
  const team = world.addTeam('eng', { creator: bob })
  for (const person of [alice, grace]) world.joinTeam(team, person)
  const dev = world.addChannel(team, 'dev', { displayName: 'Development', creator: alice })
  const mattermost = await startMattermost({ world, settings: { atomicPendingCheck: true } })
  const home = mkdtempSync(join(tmpdir(), 'kosmo-create-post-'))
  const account = { url: mattermost.url, access_token: world.token(alice) }

  /** A process of its own, with the journal that all share. */
  const open = (maxResultCharacters = 100_000) => {
    const service = connectMattermost(account, {
      variables: {},
      now: clock.now,
      monotonic: clock.monotonic,
      sleep: clock.sleep,
      random: () => 0,
      journal: openJournal(join(home, 'journal'), clock.now),
    })
    const client = { name: 'test', callId: undefined }
    const itemChars = itemCharacters(maxResultCharacters)
    const prepare = (input: CreatePostArguments): Promise<PreparedWrite<unknown>> =>
      createPostFunction.prepare({ service, signal: never, now: clock.now, client, itemChars }, input)

    /** The way of a call: what was done before is told, else a person changes the text or does not, then it is sent. */
    async function call(input: CreatePostArguments, edit?: string) {
      const write = await prepare(input)
      const earlier = await write.earlier(never)
      if (earlier !== undefined) return tell(earlier, true)
      const { result, duplicate } = await (edit === undefined ? write : await write.edited(edit, never)).send(
        never,
      )
      return tell(result, duplicate)
    }
    function tell(result: Parameters<typeof fitResult>[0], duplicate: boolean) {
      const told = duplicate ? { output: createPostFunction.asDuplicate(result.output) } : result
      const { structured, text } = fitResult(
        told,
        output => createPostFunction.text(output),
        maxResultCharacters,
      )
      return { output: structured as CreatedOutput, text, duplicate }
    }
    return { service, prepare, call }
  }
  return {
    ...{ clock, world, mattermost, alice, bob, grace, team, dev, open },
    sent: () =>
      mattermost
        .requestsTo('POST', /\/api\/v4\/posts$/)
        .map(({ body }) => JSON.parse(body) as { message: string; props: Record<string, unknown> }),
    rows: () =>
      [...world.channels.values()]
        .flatMap(({ id }) => world.posts.inChannel(id))
        .filter(post => post.userId === alice.id && post.type === '' && post.originalId === ''),
    async close() {
      await mattermost.close()
      rmSync(home, { recursive: true, force: true })
    },
  }
}

export type CreatePostWorld = Awaited<ReturnType<typeof openCreatePost>>
