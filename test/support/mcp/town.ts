import { onTestFinished } from 'vitest'
import { startMattermost, type TestMattermost } from '../mattermost/server.ts'
import { World } from '../mattermost/world.ts'

/** A Mattermost with one team, ~town-square and two people, for one test. */
export type Town = {
  mattermost: TestMattermost
  account: { url: string; token: string }
  /** Messages in ~town-square that came after the start. */
  posted(): string[]
  /** Requests that could change something. */
  writes(): string[]
}

/** Starts it for the test that is running. */
export async function openTown(): Promise<Town> {
  const world = new World()
  const alice = world.addPerson('alice')
  const bob = world.addPerson('bob')
  const team = world.addTeam('engineering', { displayName: 'Engineering', creator: bob })
  world.joinTeam(team, alice)
  const square = [...world.channels.values()].find(channel => channel.name === 'town-square')
  if (square === undefined) throw new Error('the team has no ~town-square')
  world.posts.add(square, bob, 'The build is green again.')
  const before = world.posts.inChannel(square.id).length
  const mattermost = await startMattermost({ world })
  onTestFinished(() => mattermost.close())
  return {
    mattermost,
    account: { url: mattermost.url, token: world.token(alice) },
    posted: () =>
      world.posts
        .inChannel(square.id)
        .slice(before)
        .map(post => post.message),
    writes: () =>
      mattermost.requests
        .filter(({ method, path }) => method !== 'GET' && !/\/(ids|usernames|search)$/.test(path))
        .map(({ method, path }) => `${method} ${path}`),
  }
}
