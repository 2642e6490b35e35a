import type { Channel } from '../support/mattermost/records.ts'
import { World } from '../support/mattermost/world.ts'

export type BenchWorld = { world: World; token: string; channel: Channel }

const AUTHORS = ['alice', 'bob', 'carol.smith', 'dave_m', 'erin', 'frank-h', 'grace.okafor']
const START = Date.parse('2026-03-02T08:00:00Z')
const TALK =
  'The migration ran on staging without a hitch, so we should plan the production rollout before the freeze on Friday, and tell support. Dashboards and documentation are already updated; could somebody from infrastructure review the new configuration once more?'

const TOPICS = ['release-planning', 'incident-review', 'design-system', 'customer-success', 'data-platform']
const TEAMS = ['2026', 'emea', 'backend', 'weekly', 'archive', 'requests', 'on-call', 'hiring']

/** A channel with exactly so many posts of so many characters each, written by a handful of people over a morning. */
export function postsWorld(posts: number, characters: number): BenchWorld {
  const { world, token, team, authors } = start()
  const channel = world.addChannel(team, 'release-planning-2026', {
    displayName: 'Release planning',
    createAt: START,
  })
  for (const author of authors) enter(channel, author.id)
  for (let nth = 0; nth < posts; nth++) {
    const author = authors[(nth * 3) % authors.length]
    if (author === undefined) throw new Error('nobody writes')
    world.posts.add(channel, author, talk(nth, characters), { createAt: START + (nth + 1) * 417_119 })
  }
  return { world, token, channel }
}

/** So many characters of whole words, from the nth word on; a cut word would be more tokens than people write. */
function talk(nth: number, characters: number): string {
  const words = TALK.split(' ')
  let text = ''
  for (let word = nth; ; word++) {
    const longer = `${text} ${words[word % words.length]}`.trim()
    if (longer.length > characters) return text.padEnd(characters, '.')
    text = longer
  }
}

/** An account that is in exactly so many channels, whose titles say something else than their names. */
export function channelsWorld(channels: number): BenchWorld {
  const { world, token, team, authors } = start({ alone: true })
  const [alice] = authors
  let channel: Channel | undefined
  for (let nth = 0; nth < channels; nth++) {
    const topic = TOPICS[nth % TOPICS.length] ?? ''
    const name = `${topic}-${TEAMS[Math.floor(nth / TOPICS.length) % TEAMS.length]}`
    const title = `${topic.replace('-', ' ').replace(/^./, first => first.toUpperCase())} ${nth + 1}`
    channel = world.addChannel(team, name, {
      displayName: title,
      createAt: START + nth,
      private: nth % 4 === 3,
    })
    if (alice !== undefined) enter(channel, alice.id)
    channel.lastPostAt = START + nth * 3_600_000
    // Every third has something unread.
    channel.totalMsgCount = nth % 3 === 0 ? nth + 2 : 0
  }
  if (channel === undefined) throw new Error('there are no channels')
  return { world, token, channel }
}

function start({ alone = false } = {}) {
  const world = new World({ seed: 60 })
  const authors = AUTHORS.map(name => world.addPerson(name, { createAt: START }))
  const team = world.addTeam('engineering', { displayName: 'Engineering', createAt: START })
  for (const author of authors) world.joinTeam(team, author, { alone })
  const [alice] = authors
  if (alice === undefined) throw new Error('nobody is there')
  return { world, token: world.token(alice), team, authors }
}

/** Membership without the system post that joining leaves: the sizes count posts. */
function enter(channel: Channel, personId: string): void {
  channel.members.set(personId, {
    admin: false,
    msgCount: 0,
    msgCountRoot: 0,
    mentionCount: 0,
    mentionCountRoot: 0,
    lastViewedAt: 0,
    lastUpdateAt: START,
    muted: false,
  })
}
