import type { Channel, Person, Post, Team } from '../../support/mattermost/records.ts'
import { World } from '../../support/mattermost/world.ts'
import { readEntries, readWorldFile, wholeText } from './fixture-files.ts'

type Wire = Record<string, unknown>

/** The recorded workspace, rebuilt from the objects that its replies show, with their ids and times. */
export type FixtureWorld = {
  world: World
  clock: { now: number }
  person: (name: string) => Person
  channel: (name: string) => Channel
  post: (name: string) => Post
}

const LATER_POSTS = ['w8', 'same_ms_a', 'same_ms_b', 'newcomer']
// Posts that requests ask for, but that no reply shows.
const UNSEEN_POSTS: Record<string, string> = {
  secret1: 'secret',
  vault1: 'vault',
  self1: 'dm_alice_self',
  dave1: 'dm_alice_dave',
  gm1: 'gm_alice_bob_admin',
}
const SYSTEM_ADMINS = ['admin', 'root2']

export function fixtureWorld(): FixtureWorld {
  const names = readWorldFile().ids
  const clock = { now: 1_795_367_056_000 }
  const world = new World({ now: () => clock.now })
  const seen = harvest()
  for (const [name, id] of [...Object.entries(names.users), ...Object.entries(names.bots)]) {
    addPerson(world, name, id, seen.get(id), name in names.bots)
  }
  const person = (name: string): Person => get(world.people, names.users[name] ?? names.bots[name])
  const teams = Object.entries(names.teams).map(([name, id]) => addTeam(world, name, id, seen.get(id)))
  joinTeams(world, teams, person)
  for (const [name, id] of Object.entries(names.channels))
    addChannel(world, name, id, seen.get(id), names.teams)
  const channel = (name: string): Channel => get(world.channels, names.channels[name])
  for (const team of teams) rename(world, team)
  for (const [bot, id] of Object.entries(BOT_CHANNELS)) {
    addChannel(world, `dm_admin_${bot}`, id, seen.get(id), {})
    const direct = get(world.channels, id)
    enter(direct, [person('admin'), person(bot)])
    if (bot === 'gwbot')
      world.addPost(direct, person(bot), 'Please add me', { type: 'add_bot_teams_channels' })
  }
  const joined = { type: 'system_join_channel', createAt: 1_795_367_043_540 }
  world.addPost(channel('readonly'), person('alice'), 'joined', {
    id: 'y838qtxah7nh3mfz6bpn94c74e',
    ...joined,
  })
  world.addPost(channel('old'), person('alice'), 'joined', { id: '4rfi6anrofrpube4rqzn9h1h9a', ...joined })
  joinChannels(channel, person)
  const later = new Set(LATER_POSTS.map(name => names.posts[name]))
  const posts = [...seen.values()].filter(
    wire => 'create_at' in wire && 'channel_id' in wire && 'root_id' in wire,
  )
  const early = posts.filter(wire => Number(wire.delete_at) === 0 && !later.has(String(wire.id)))
  early.sort((a, b) => Number(a.create_at) - Number(b.create_at))
  // What was posted by the recorded POSTs is posted again by the replay.
  for (const wire of early) if (Number(wire.create_at) < 1_795_367_046_000) addPost(world, wire)
  for (const [name, where] of Object.entries(UNSEEN_POSTS)) {
    const id = names.posts[name] ?? ''
    if (world.posts.row(id) === undefined) world.addPost(channel(where), person('alice'), name, { id })
  }
  const post = (name: string): Post => {
    const found = world.posts.row(names.posts[name] ?? '')
    if (found === undefined) throw new Error(`no post ${name}`)
    return found
  }
  return { world, clock, person, channel, post }
}

/** Every object with an id in any recorded list or reply, as it was first seen. */
function harvest(): Map<string, Wire> {
  const seen = new Map<string, Wire>()
  const take = (value: unknown): void => {
    if (Array.isArray(value)) for (const item of value) take(item)
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return
    const wire = value as Wire
    const id = wire.id
    if (typeof id === 'string' && !seen.has(id)) seen.set(id, wire)
    take(wire.posts === undefined ? [] : Object.values(wire.posts as Wire))
  }
  for (const file of ['users', 'teams', 'channels', 'channel-posts', 'posts', 'create-post', 'search']) {
    for (const entry of readEntries(file)) {
      const body = entry.response?.body
      if (body !== undefined && entry.response?.status === 200) take(parsed(wholeText(body)))
    }
  }
  return seen
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function get<T>(map: Map<string, T>, id: string | undefined): T {
  const found = map.get(id ?? '')
  if (found === undefined) throw new Error(`nothing recorded with the id ${id}`)
  return found
}

function text(wire: Wire | undefined, name: string, empty = ''): string {
  const value = wire?.[name]
  return typeof value === 'string' ? value : empty
}

function addPerson(world: World, name: string, id: string, wire: Wire | undefined, bot: boolean): void {
  const options = {
    id,
    createAt: Number(wire?.create_at ?? 1_795_367_042_000),
    nickname: text(wire, 'nickname'),
    firstName: text(wire, 'first_name'),
    lastName: text(wire, 'last_name'),
    position: text(wire, 'position'),
    roles: text(wire, 'roles', SYSTEM_ADMINS.includes(name) ? 'system_admin system_user' : 'system_user'),
    deactivated: name === 'dave' || name === 'frank',
  }
  const person = bot
    ? world.addBot(name, { ...options, description: text(wire, 'bot_description') })
    : world.addPerson(name, options)
  person.updateAt = Number(wire?.update_at ?? person.updateAt)
}

function addTeam(world: World, name: string, id: string, wire: Wire | undefined): Team {
  return world.addTeam(name, {
    id,
    displayName: text(wire, 'display_name', name),
    type: name === 'ops' ? 'I' : 'O',
    email: 'admin@example.test',
    inviteId: text(wire, 'invite_id', 'kjjyywkp33b7zy6fbygm9re1tr'),
    allowOpenInvite: name === 'club',
  })
}

function joinTeams(world: World, teams: Team[], person: FixtureWorld['person']): void {
  const members: Record<string, string[]> = {
    eng: ['alice', 'bob', 'erin', 'grace', 'gwbot'],
    ops: ['bob'],
    club: ['henry'],
  }
  for (const team of teams) {
    world.joinTeam(team, person('admin'), { admin: true })
    for (const name of members[team.name] ?? []) world.joinTeam(team, person(name))
  }
}

function addChannel(
  world: World,
  name: string,
  id: string,
  wire: Wire | undefined,
  teams: Record<string, string>,
): void {
  const type = text(wire, 'type', name.startsWith('dm_') ? 'D' : name.startsWith('gm_') ? 'G' : 'O')
  const at = Number(wire?.create_at ?? 1_795_367_043_400)
  const priv = name === 'secret' || name === 'vault'
  world.channels.set(id, {
    id,
    createAt: at,
    updateAt: Number(wire?.update_at ?? at),
    deleteAt: Number(wire?.delete_at ?? 0),
    teamId: type === 'D' || type === 'G' ? '' : (teams.eng ?? ''),
    type: priv ? 'P' : (type as Channel['type']),
    name: text(wire, 'name', name),
    displayName: text(wire, 'display_name', name),
    header: text(wire, 'header'),
    purpose: text(wire, 'purpose'),
    creatorId: text(wire, 'creator_id'),
    lastPostAt: 0,
    lastRootPostAt: 0,
    totalMsgCount: 0,
    totalMsgCountRoot: 0,
    readOnly: name === 'readonly',
    members: new Map(),
  })
}

// POST /bots makes a direct channel with the creator; these are not in the list of names.
const BOT_CHANNELS = { freshbot: 'beqw73timjgkxk9k17wofwtj9y', gwbot: 'esisjkc5q7yhpxqy6mqf43rxhe' }

function joinChannels(channel: FixtureWorld['channel'], person: FixtureWorld['person']): void {
  const members: Record<string, string[]> = {
    dev: ['alice', 'bob', 'gwbot'],
    secret: ['bob'],
    vault: ['alice'],
    lounge: ['bob'],
    old: ['alice'],
    window: ['alice', 'bob'],
    create: ['alice', 'bob', 'gwbot', 'admin'],
    create2: ['alice'],
    bulk: ['alice'],
    readonly: ['alice', 'bob'],
    dm_alice_bob: ['alice', 'bob'],
    dm_alice_self: ['alice'],
    dm_alice_dave: ['alice', 'dave'],
    dm_alice_erin_empty: ['alice', 'erin'],
    dm_bob_grace: ['bob', 'grace'],
    gm_alice_bob_admin: ['alice', 'bob', 'admin'],
    gm_bob_erin_grace: ['bob', 'erin', 'grace'],
  }
  for (const [name, list] of Object.entries(members)) enter(channel(name), list.map(person))
  const admin = channel('readonly').members.get(person('alice').id)
  if (admin !== undefined) admin.admin = true
}

function enter(channel: Channel, people: Person[]): void {
  for (const person of people) {
    channel.members.set(person.id, {
      admin: false,
      msgCount: 0,
      msgCountRoot: 0,
      mentionCount: 0,
      mentionCountRoot: 0,
      lastViewedAt: 0,
      lastUpdateAt: channel.createAt,
      muted: false,
    })
  }
}

function addPost(world: World, wire: Wire): void {
  const channel = get(world.channels, text(wire, 'channel_id'))
  const author = get(world.people, text(wire, 'user_id'))
  const options = {
    id: text(wire, 'id'),
    createAt: Number(wire.create_at),
    isPinned: wire.is_pinned === true,
    type: text(wire, 'type'),
    props: wire.props as Wire,
  }
  const root = world.posts.row(text(wire, 'root_id'))
  const said = text(wire, 'message')
  const post =
    root === undefined
      ? world.addPost(channel, author, said, options)
      : world.addReply(root, author, said, options)
  addMetadata(world, post, wire)
  post.updateAt = Math.max(post.updateAt, Number(wire.update_at))
}

function addMetadata(world: World, post: Post, wire: Wire): void {
  const metadata = (wire.metadata ?? {}) as { files?: Wire[]; reactions?: Wire[] }
  for (const given of metadata.reactions ?? []) {
    const createAt = Number(given.create_at)
    post.reactions.push({ personId: text(given, 'user_id'), emojiName: text(given, 'emoji_name'), createAt })
  }
  for (const given of metadata.files ?? []) {
    const id = text(given, 'id')
    post.fileIds.push(id)
    world.files.set(id, {
      id,
      personId: post.userId,
      channelId: post.channelId,
      postId: post.id,
      createAt: Number(given.create_at),
      name: text(given, 'name'),
      extension: text(given, 'extension'),
      size: Number(given.size),
      mimeType: text(given, 'mime_type'),
    })
  }
}

// The channels that the server made by itself have ids that only replies show.
const OWN_IDS: Record<string, Record<string, string>> = {
  eng: { 'town-square': 'ysjjfnirp3da7g6mmru7o5np7h', 'off-topic': 'g7g5b9xpbpf4dgojhh7zkri1yo' },
  ops: { 'town-square': '3an98ixtjirxdrswmias8r8jca', 'off-topic': '5oy4wdcqz7ftfj19dnqmsjgqwy' },
}

function rename(world: World, team: Team): void {
  for (const channel of [...world.channels.values()]) {
    const id = channel.teamId === team.id ? OWN_IDS[team.name]?.[channel.name] : undefined
    if (id === undefined) continue
    world.channels.delete(channel.id)
    channel.id = id
    world.channels.set(id, channel)
  }
}
