import type { TestMattermost } from '../../support/mattermost/server.ts'
import type { Entry } from './fixture-files.ts'
import type { FixtureWorld } from './fixture-world.ts'
import { send } from './raw-http.ts'

export type Replay = FixtureWorld & { mattermost: TestMattermost }

type Step = (replay: Replay) => unknown

/** Entries that are not replayed, by `file: beginning of the name`, and why. */
export const SKIPPED: Record<string, string> = {
  'auth: login': 'logging in with a password is not modelled: the gateway never does',
  'auth: creating a personal access token': 'making tokens is not modelled',
  'auth: own personal access tokens': 'listing tokens is not modelled',
  'auth: personal access tokens switched off: creating': 'making tokens is not modelled',
  'create-post: body over MaxFileSize':
    'the recorded server had a limit of its own for this one; see the contract suite',
  'subpath: prefix twice': 'the body is a page of the web client and was not recorded',
}

/** What happened between the recorded requests, by the entry before which it happened. */
export const STEPS: Record<string, Step> = {
  'users: ids: order after a restart': async replay => {
    await replay.mattermost.restart()
    const erin = replay.person('erin')
    const authorization = `Bearer ${replay.world.token(erin)}`
    await send(replay.mattermost.url, { path: `/api/v4/users/${erin.id}`, headers: { authorization } })
  },
  'channels: users/me/channels: exactly 100': replay => addChannels(replay, 98),
  'channels: users/me/channels: 101, the database': replay => {
    replay.mattermost.settings.streamFailsAfter100 = true
  },
  'channels: users/me/channels: 101': replay => addChannels(replay, 1),
  'channels: users/me/channels/{id}/unread': replay => {
    replay.mattermost.settings.streamFailsAfter100 = false
    const member = replay.channel('window').members.get(replay.person('alice').id)
    if (member !== undefined) Object.assign(member, { msgCount: 5, msgCountRoot: 3 })
  },
  'channel-posts: since=T with an edit': replay => {
    const { posts } = replay.world
    posts.edit(replay.post('w2'), 'two, edited', 1_795_367_046_868, 'irbcms3mijrajeytgh78egqpnr')
    posts.react(replay.post('w4'), replay.person('bob'), '+1', 1_795_367_046_880)
    posts.delete(replay.post('w6'), replay.person('bob'), 1_795_367_046_889)
    addNamed(replay, 'window', '79aa3iixzjgkfru6j6yr9bt58c', 'eight', 1_795_367_046_899)
  },
  'channel-posts: before=one of two posts of the same': replay => {
    addNamed(replay, 'window', 'bhfik5cexp8r3fia8bhmtbugph', 'same a', 1_795_367_047_057)
    addNamed(replay, 'window', 'mm6hm4ua8tyeuesprfpy83qjkh', 'same b', 1_795_367_047_057)
  },
  'channel-posts: 1051 posts, per_page=200': replay => {
    for (let nth = 0; nth < 1051; nth++)
      replay.world.addPost(replay.channel('bulk'), replay.person('alice'), `needle ${nth}`)
  },
  'create-post: reply': replay => addNamed(replay, 'create', 'xmwszp1j7pff5xp8z1k3oeebzy', 'root', undefined),
  'create-post: reply to a reply': replay => {
    const root = replay.world.posts.row('xmwszp1j7pff5xp8z1k3oeebzy')
    if (root === undefined) throw new Error('no root')
    replay.world.addReply(root, replay.person('alice'), 'reply', { id: '94ew6n7bp7gemr4aunh4zj3mkw' })
  },
  'create-post: root of another channel': replay => {
    addNamed(replay, 'create2', 'umqgem6hwf8dxpt44wr7jz4yyo', 'root there', undefined)
  },
  'create-post: deleted root': replay => {
    const gone = addNamed(replay, 'create', 'xzzwy4usnfg8uk1w4th91ftmec', 'gone', undefined)
    replay.world.posts.delete(gone, replay.person('alice'))
  },
  'create-post: pending_post_id: same after the deletion': replay => {
    const gone = replay.world.posts
      .inChannel(replay.channel('create').id)
      .findLast(post => post.message === 'gone soon')
    if (gone !== undefined && gone.deleteAt === 0) replay.world.posts.delete(gone, replay.person('alice'))
  },
  'create-post: pending_post_id: same after 31 s': replay => {
    replay.clock.now += 31_000
  },
  'create-post: pending_post_id: same after a server restart': replay => replay.mattermost.restart(),
  'search: ok': replay => {
    addNamed(replay, 'dev', '4kojmkc1yjye9cfnf9f4dz1r8h', 'unread one', undefined)
    addNamed(replay, 'dev', 'b7143sswb7xru4ufadxjc9n1ia', 'unread two', undefined)
    // The recorded post with these hashtags, in place of the one that the replay made.
    const ours = replay.world.posts
      .inChannel(replay.channel('create').id)
      .find(post => post.message === '#one #two text')
    if (ours !== undefined) replay.world.posts.delete(ours, replay.person('alice'))
    addNamed(replay, 'create', 'weuwts5nm78z9bs1j684wfwxuy', '#one #two text', 1_795_367_057_285)
  },
  'auth: personal access tokens switched off: token that was used': replay => {
    replay.mattermost.settings.personalTokens = false
  },
  'developer-mode: 401: wrong token': replay => {
    replay.mattermost.settings.personalTokens = true
    replay.mattermost.settings.developerMode = true
  },
  'developer-mode: hardened mode, 500': replay => {
    replay.mattermost.settings.developerMode = false
    replay.mattermost.settings.hardened = true
  },
  'other-settings: ExperimentalViewArchivedChannels=false: channels/{id}': replay => {
    replay.mattermost.settings.hardened = false
    replay.mattermost.settings.viewArchived = false
  },
  'other-settings: EnablePostSearch': replay => {
    replay.mattermost.settings.viewArchived = true
    replay.mattermost.settings.searchEnabled = false
  },
  'rate-limit: by address, PerSec 2, MaxBurst 3: request 1': replay => limit(replay, false),
  'other-settings: server marked busy': replay => {
    replay.mattermost.settings.searchEnabled = true
    replay.mattermost.settings.busy = true
  },
  'rate-limit: by address, PerSec 2, MaxBurst 3: after waiting': replay => {
    replay.clock.now += 1000
  },
  'rate-limit: by address, PerSec 2, MaxBurst 3: 401 not limited': replay => {
    replay.clock.now += 1000
  },
  'rate-limit: VaryByUser: request 1': replay => limit(replay, true),
  'rate-limit: VaryByUser, two tokens of one person in turn: request 1': replay => limit(replay, true),
  'rate-limit: VaryByUser, no token: request 1': replay => limit(replay, true),
  'database-down: ping': replay => {
    replay.mattermost.settings.rateLimit = undefined
    replay.mattermost.settings.databaseDown = true
  },
  'database-down: after the database is back': replay => {
    replay.mattermost.settings.databaseDown = false
  },
}

function addChannels(replay: Replay, count: number): void {
  const club = [...replay.world.teams.values()].find(team => team.name === 'club')
  if (club === undefined) throw new Error('no club')
  for (let nth = 0; nth < count; nth++) {
    replay.world.addChannel(club, `c${replay.world.channels.size}`, { creator: replay.person('henry') })
  }
}

function addNamed(replay: Replay, channel: string, id: string, text: string, createAt: number | undefined) {
  const options = createAt === undefined ? { id } : { id, createAt }
  return replay.world.addPost(replay.channel(channel), replay.person('alice'), text, options)
}

async function limit(replay: Replay, varyByUser: boolean): Promise<void> {
  // A minute empties every bucket.
  replay.clock.now += 60_000
  replay.mattermost.settings.rateLimit = { perSec: 2, burst: 3, varyByUser, varyByRemoteAddr: !varyByUser }
}

/** The authorization and cookie of an entry: tokens were taken out of the recording. */
export function credentials(replay: Replay, file: string, entry: Entry, nth: number): Record<string, string> {
  const { world } = replay
  const alice = world.token(replay.person('alice'))
  const given = { ...entry.request.headers }
  if (given.cookie !== undefined) {
    const cookie = given.cookie.replace(
      '<TOKEN>',
      entry.as === 'nobody' ? alice : world.token(replay.person('bob')),
    )
    const header: Record<string, string> = entry.as === 'nobody' ? {} : { authorization: `Bearer ${alice}` }
    return { ...given, ...header, cookie }
  }
  if (given.authorization !== undefined) {
    return { ...given, authorization: given.authorization.replace('<TOKEN>', alice) }
  }
  if (entry.as !== 'nobody')
    return { ...given, authorization: `Bearer ${world.token(replay.person(entry.as))}` }
  const token = namedToken(replay, `${file}: ${entry.name}`, nth)
  return token === undefined ? given : { ...given, authorization: `Bearer ${token}` }
}

/** Which token an entry without a person sent, told by its name. */
function namedToken(replay: Replay, name: string, nth: number): string | undefined {
  const { world } = replay
  const erin = replay.person('erin')
  if (/revoked/.test(name)) return world.addToken(erin, { state: 'revoked' })
  if (/disabled token/.test(name)) return world.addToken(erin, { state: 'disabled' })
  if (/session that has expired/.test(name))
    return world.addToken(erin, { kind: 'session', state: 'expired' })
  if (/never used before|not seen before/.test(name)) return world.addToken(erin)
  if (/session token of a login/.test(name))
    return world.addToken(replay.person('alice'), { kind: 'session' })
  if (/bot token made while off/.test(name)) return world.addToken(replay.person('gwbot'))
  if (/not 26/.test(name)) return 'short'
  if (/wrong token in the query/.test(name)) return undefined
  if (/wrong token|bad token|401 while limited/.test(name)) return 'bbbbbbbbbbbbbbbbbbbbbbbbbb'
  if (/two tokens/.test(name)) return bobToken(replay, nth % 2)
  return undefined
}

function bobToken(replay: Replay, which: number): string {
  const bob = replay.person('bob')
  const second = [...replay.world.tokens.values()].filter(token => token.personId === bob.id)
  return second[which]?.value ?? replay.world.addToken(bob)
}
