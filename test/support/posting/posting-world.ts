import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FaultRule } from '../mattermost/faults.ts'
import type { Channel, Person, Post } from '../mattermost/records.ts'
import type { LoggedRequest } from '../mattermost/request-log.ts'
import { startMattermost, type TestMattermost } from '../mattermost/server.ts'
import { World } from '../mattermost/world.ts'
import { type Gateway, type GatewayOptions, openGateway } from './gateway.ts'
import { VirtualClock } from './virtual-clock.ts'

/** Where there is a disk in memory: thousands of journals are written here, and none of them outlives its process. */
const PLACE = existsSync('/dev/shm') ? '/dev/shm' : tmpdir()

export const POST_ROUTE = { method: 'POST', path: /\/api\/v4\/posts$/ }
export const CHANNEL_POSTS = { method: 'GET', path: /\/channels\/[a-z0-9]{26}\/posts$/ }

/** A small Mattermost on a virtual clock, and gateways that post to it by one journal. */
export type PostingWorld = {
  clock: VirtualClock
  world: World
  mattermost: TestMattermost
  folder: string
  alice: Person
  bob: Person
  dev: Channel
  ops: Channel
  /** A post of Bob's in dev, to reply to. */
  root: Post
  /** Opens a gateway; closed with the world. */
  gateway: (options?: Partial<GatewayOptions>) => Gateway
  /** Rows with this text, deleted ones and old versions included. */
  rows: (message: string) => Post[]
  /** The requests that post something, in order of arrival. */
  sent: () => { request: LoggedRequest; body: SentPost }[]
  faultPost: (fault: FaultRule['fault'], more?: Partial<FaultRule>) => void
  close: () => Promise<void>
}

export type SentPost = {
  channel_id: string
  message: string
  root_id?: string
  pending_post_id: string
  props: Record<string, unknown>
}

export async function openPostingWorld(): Promise<PostingWorld> {
  const clock = new VirtualClock()
  const world = new World({ now: clock.now })
  const alice = world.addPerson('alice')
  const bob = world.addPerson('bob')
  const team = world.addTeam('eng', { creator: bob })
  world.joinTeam(team, alice)
  const [dev, ops] = ['dev', 'ops'].map(name => world.addChannel(team, name, { creator: alice }))
  if (dev === undefined || ops === undefined) throw new Error('the channels were not made')
  const root = world.addPost(dev, bob, 'Who deploys today?')
  // Two of one pending id in the same microsecond can both be saved (reference, 1.8 hole 6a): not what we can prevent.
  const mattermost = await startMattermost({ world, settings: { atomicPendingCheck: true } })
  const folder = join(mkdtempSync(join(PLACE, 'kosmo-posting-')), 'journal')
  const gateways: Gateway[] = []
  const sent = () =>
    mattermost.requestsTo('POST', POST_ROUTE.path).map(request => {
      return { request, body: JSON.parse(request.body) as SentPost }
    })
  return {
    clock,
    world,
    mattermost,
    folder,
    alice,
    bob,
    dev,
    ops,
    root,
    gateway(options = {}) {
      const gateway = openGateway({
        url: mattermost.url,
        token: world.token(alice),
        folder,
        clock,
        ...options,
      })
      gateways.push(gateway)
      return gateway
    },
    rows: message =>
      [...world.channels.values()].flatMap(({ id }) =>
        world.posts.inChannel(id).filter(post => post.message === message),
      ),
    sent,
    faultPost: (fault, more = {}) => mattermost.faults.push({ match: POST_ROUTE, fault, ...more }),
    async close() {
      for (const gateway of gateways) gateway.close()
      await mattermost.close()
      rmSync(join(folder, '..'), { recursive: true, force: true })
    },
  }
}
