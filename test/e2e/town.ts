import { startMattermost } from '../support/mattermost/server.ts'
import { World } from '../support/mattermost/world.ts'

/** A small Mattermost that a client under test reads from and posts to. */
export interface Town {
  readonly account: { readonly url: string; readonly token: string }
  /** Username of the account. */
  readonly me: string
  /** What was said in ~town-square before the client came. */
  readonly said: readonly { readonly author: string; readonly message: string }[]
  /** Every request that could change something, refused ones included, as `METHOD path`. */
  writes(): string[]
  /** Messages in ~town-square that came after `said`. */
  posted(): string[]
  /** Has the server do the next post, and then break the connection instead of answering. */
  loseReplyToPost(): void
  close(): Promise<void>
}

/** Opens a Mattermost with one team, two people and two messages in ~town-square. */
export async function openTown(): Promise<Town> {
  const world = new World()
  const alice = world.addPerson('alice')
  const bob = world.addPerson('bob')
  const team = world.addTeam('engineering', { displayName: 'Engineering', creator: bob })
  world.joinTeam(team, alice)
  const square = [...world.channels.values()].find(channel => channel.name === 'town-square')
  if (!square) throw new Error('the team has no ~town-square')
  world.posts.add(square, bob, 'The build is green again.')
  world.posts.add(square, alice, 'Then let us release on Monday.')
  const before = world.posts.inChannel(square.id).length
  const mattermost = await startMattermost({ world })
  return {
    account: { url: mattermost.url, token: world.token(alice) },
    me: alice.username,
    said: [
      { author: bob.username, message: 'The build is green again.' },
      { author: alice.username, message: 'Then let us release on Monday.' },
    ],
    writes: () =>
      mattermost.requests
        .filter(request => request.method !== 'GET' && !asksOnly.test(request.path))
        .map(request => `${request.method} ${request.path}`),
    posted: () =>
      world.posts
        .inChannel(square.id)
        .slice(before)
        .map(post => post.message),
    loseReplyToPost: () =>
      mattermost.faults.push({
        match: { method: 'POST', path: /\/posts$/ },
        at: 'afterHandler',
        fault: { kind: 'resetBeforeHeaders' },
      }),
    close: mattermost.close,
  }
}

/** Mattermost's questions that are too long for an address. */
const asksOnly = /\/(ids|usernames|search|autocomplete)$/
