import { createHash } from 'node:crypto'
import { idMaker } from './ids.ts'
import { type PostOptions, PostStore } from './post-store.ts'
import type { Channel, FileRecord, Membership, Person, Post, Preference, Team, Token } from './records.ts'

export type WorldOptions = {
  seed?: number
  /** Milliseconds UTC. Also runs out the 30 seconds of pending_post_id and the rate limit. */
  now?: () => number
}

export type PersonOptions = Partial<
  Pick<
    Person,
    'email' | 'nickname' | 'firstName' | 'lastName' | 'position' | 'roles' | 'locale' | 'mfaActive'
  >
> & { id?: string; deactivated?: boolean; createAt?: number }

export type ChannelOptions = {
  id?: string
  displayName?: string
  private?: boolean
  header?: string
  purpose?: string
  creator?: Person
  readOnly?: boolean
  createAt?: number
}

/** The workspace that the server serves: everything is in memory and may be changed by a test at any time. */
export class World {
  readonly people = new Map<string, Person>()
  readonly tokens = new Map<string, Token>()
  readonly teams = new Map<string, Team>()
  readonly channels = new Map<string, Channel>()
  readonly files = new Map<string, FileRecord>()
  readonly preferences: Preference[] = []
  readonly posts: PostStore
  readonly newId: () => string
  now: () => number
  #lastStamp = 0

  constructor(options: WorldOptions = {}) {
    this.newId = idMaker(options.seed ?? 1)
    this.now = options.now ?? Date.now
    this.posts = new PostStore(this)
  }

  /** A time for a new row: now, but never one that was given before, so that order is certain in tests. */
  stamp(at?: number): number {
    if (at !== undefined) return at
    this.#lastStamp = Math.max(this.now(), this.#lastStamp + 1)
    return this.#lastStamp
  }

  addPerson(username: string, options: PersonOptions = {}): Person {
    const { id, deactivated, createAt, ...given } = options
    const at = this.stamp(createAt)
    const person: Person = {
      id: id ?? this.newId(),
      createAt: at,
      updateAt: at,
      deleteAt: deactivated === true ? at : 0,
      username,
      email: `${username}@example.test`,
      nickname: '',
      firstName: '',
      lastName: '',
      position: '',
      roles: 'system_user',
      locale: 'en',
      isBot: false,
      botDescription: '',
      mfaActive: false,
      online: false,
      ...given,
    }
    this.people.set(person.id, person)
    return person
  }

  /** A bot without channels; pass its owner for the direct channel that POST /bots makes. */
  addBot(username: string, options: PersonOptions & { description?: string; owner?: Person } = {}): Person {
    const { description, owner, ...rest } = options
    const bot = this.addPerson(username, { email: `${username}@localhost`, ...rest })
    bot.isBot = true
    bot.botDescription = description ?? ''
    if (owner !== undefined) {
      const direct = this.directChannel(bot, owner)
      this.posts.add(direct, bot, GREETING, { type: 'add_bot_teams_channels' })
    }
    return bot
  }

  addTeam(name: string, options: Partial<Omit<Team, 'members' | 'name'>> & { creator?: Person } = {}): Team {
    const { creator, ...given } = options
    const at = this.stamp(given.createAt)
    const team: Team = {
      id: this.newId(),
      createAt: at,
      updateAt: at,
      name,
      displayName: name,
      description: '',
      type: 'O',
      email: creator?.email ?? '',
      inviteId: this.newId(),
      allowOpenInvite: false,
      members: new Map(),
      ...given,
    }
    this.teams.set(team.id, team)
    this.addChannel(team, 'town-square', { displayName: 'Town Square', createAt: at })
    this.addChannel(team, 'off-topic', { displayName: 'Off-Topic', createAt: at })
    if (creator !== undefined) this.joinTeam(team, creator, { admin: true })
    return team
  }

  addChannel(team: Team, name: string, options: ChannelOptions = {}): Channel {
    const channel = this.#channel(options.private === true ? 'P' : 'O', name, options)
    channel.teamId = team.id
    if (options.creator !== undefined) {
      const at = options.createAt
      this.join(channel, options.creator, { admin: true, ...(at !== undefined && { at }) })
    }
    return channel
  }

  /** The direct channel of two people (or of one with oneself), made if there is none. */
  directChannel(one: Person, other: Person, options: ChannelOptions = {}): Channel {
    const name = [one.id, other.id].sort().join('__')
    const known = [...this.channels.values()].find(channel => channel.name === name)
    if (known !== undefined) return known
    const channel = this.#channel('D', name, { displayName: '', creator: one, ...options })
    for (const person of new Set([one, other])) this.#enter(channel, person)
    return channel
  }

  groupChannel(people: Person[], options: ChannelOptions = {}): Channel {
    const ids = people.map(person => person.id).sort()
    const names = people.map(person => person.username).sort()
    const name = createHash('sha1').update(ids.join('')).digest('hex')
    // The server cuts the joined names at the longest channel name, 64.
    const channel = this.#channel('G', name, { displayName: names.join(', ').slice(0, 64), ...options })
    for (const person of people) this.#enter(channel, person)
    return channel
  }

  #channel(type: Channel['type'], name: string, options: ChannelOptions): Channel {
    const at = this.stamp(options.createAt)
    const channel: Channel = {
      id: options.id ?? this.newId(),
      createAt: at,
      updateAt: at,
      deleteAt: 0,
      teamId: '',
      type,
      name,
      displayName: options.displayName ?? name,
      header: options.header ?? '',
      purpose: options.purpose ?? '',
      creatorId: options.creator?.id ?? '',
      lastPostAt: 0,
      lastRootPostAt: 0,
      totalMsgCount: 0,
      totalMsgCountRoot: 0,
      readOnly: options.readOnly ?? false,
      members: new Map(),
    }
    this.channels.set(channel.id, channel)
    return channel
  }

  #enter(channel: Channel, person: Person, admin = false): Membership {
    const membership: Membership = {
      admin,
      msgCount: channel.totalMsgCount,
      msgCountRoot: channel.totalMsgCountRoot,
      mentionCount: 0,
      mentionCountRoot: 0,
      lastViewedAt: 0,
      lastUpdateAt: this.now(),
      muted: false,
    }
    channel.members.set(person.id, membership)
    return membership
  }

  /** Joining a team also joins town-square and off-topic, as on the real server; `alone` leaves those out. */
  joinTeam(team: Team, person: Person, options: { admin?: boolean; alone?: boolean } = {}): void {
    team.members.set(person.id, { admin: options.admin ?? false })
    if (options.alone === true) return
    for (const channel of this.channels.values()) {
      const usual = channel.name === 'town-square' || channel.name === 'off-topic'
      if (usual && channel.teamId === team.id) this.#enter(channel, person)
    }
  }

  /** Joins a channel and leaves the system post that the server writes about it. */
  join(channel: Channel, person: Person, options: { by?: Person; admin?: boolean; at?: number } = {}): void {
    this.#enter(channel, person, options.admin ?? false)
    const at = options.at === undefined ? {} : { createAt: options.at }
    if (options.by === undefined) {
      const props = { username: person.username }
      const said = `${person.username} joined the channel.`
      this.posts.add(channel, person, said, { type: 'system_join_channel', props, ...at })
      return
    }
    const props = {
      addedUserId: person.id,
      addedUsername: person.username,
      userId: options.by.id,
      username: options.by.username,
    }
    const said = `${person.username} added to the channel by ${options.by.username}.`
    this.posts.add(channel, options.by, said, { type: 'system_add_to_channel', props, ...at })
  }

  leave(channel: Channel, person: Person): void {
    channel.members.delete(person.id)
  }

  archive(channel: Channel, by: Person, at?: number): void {
    const stamp = this.stamp(at)
    const said = `${by.username} archived the channel.`
    this.posts.add(channel, by, said, {
      type: 'system_channel_deleted',
      props: { username: by.username },
      createAt: stamp,
    })
    channel.deleteAt = stamp
    channel.updateAt = stamp
  }

  addFile(channel: Channel, person: Person, name: string, size: number, mimeType: string): FileRecord {
    const extension = name.includes('.') ? name.slice(name.lastIndexOf('.') + 1) : ''
    const file: FileRecord = {
      id: this.newId(),
      personId: person.id,
      channelId: channel.id,
      postId: '',
      createAt: this.stamp(),
      name,
      extension,
      size,
      mimeType,
    }
    this.files.set(file.id, file)
    return file
  }

  addPost(channel: Channel, author: Person, message: string, options: PostOptions = {}): Post {
    return this.posts.add(channel, author, message, options)
  }

  addReply(root: Post, author: Person, message: string, options: PostOptions = {}): Post {
    return this.posts.addReply(root, author, message, options)
  }

  /** A token that works for the person, always the same one. */
  token(person: Person): string {
    for (const token of this.tokens.values()) {
      if (token.personId === person.id && token.state === 'good') return token.value
    }
    return this.addToken(person)
  }

  addToken(person: Person, options: Partial<Omit<Token, 'personId'>> = {}): string {
    const value = options.value ?? this.newId()
    const kind = options.kind ?? (person.isBot ? 'bot' : 'personal')
    this.tokens.set(value, { value, personId: person.id, kind, state: options.state ?? 'good' })
    return value
  }

  deactivate(person: Person): void {
    person.deleteAt = this.stamp()
    person.updateAt = person.deleteAt
  }
}

const GREETING =
  'Please add me to teams and channels you want me to interact in. To do this, use the browser or Mattermost Desktop App.'
