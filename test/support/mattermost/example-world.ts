import { addConversations } from './example-posts.ts'
import type { Channel, Person, Team } from './records.ts'
import { World, type WorldOptions } from './world.ts'

export type PersonName = 'admin' | 'alice' | 'bob' | 'carol' | 'dave' | 'grace' | 'gwbot' | 'lonebot'
export type TeamName = 'eng' | 'ops' | 'web'
export type ChannelName =
  | 'townSquare'
  | 'offTopic'
  | 'dev'
  | 'webDev'
  | 'vault'
  | 'secret'
  | 'lounge'
  | 'old'
  | 'readonly'
  | 'incidents'
  | 'aliceBob'
  | 'aliceSelf'
  | 'aliceDave'
  | 'aliceBobAdmin'

/** A believable team, with everybody and everything by name. */
export type ExampleWorld = {
  world: World
  people: Record<PersonName, Person>
  teams: Record<TeamName, Team>
  channels: Record<ChannelName, Channel>
}

/** The workspace of demo and tests: equal ids for equal seeds; the last posts are a few minutes old. */
export function exampleWorld(options: WorldOptions = {}): ExampleWorld {
  const world = new World({ seed: 2025, ...options })
  const start = world.now() - 30 * DAY
  const people = addPeople(world, start)
  const teams = addTeams(world, people, start)
  const channels = addChannels(world, people, teams, start)
  const example = { world, people, teams, channels }
  addConversations(example, start)
  world.preferences.push({
    personId: people.alice.id,
    category: 'display_settings',
    name: 'name_format',
    value: 'full_name',
  })
  return example
}

const DAY = 86_400_000

function addPeople(world: World, at: number): Record<PersonName, Person> {
  const admin = world.addPerson('admin', {
    createAt: at,
    firstName: 'Ada',
    lastName: 'Lindqvist',
    position: 'IT',
    roles: 'system_admin system_user',
  })
  const alice = world.addPerson('alice', {
    createAt: at,
    firstName: 'Alice',
    lastName: 'Ärmel',
    nickname: 'ali',
    position: 'Developer',
    roles: 'system_user system_user_access_token',
  })
  const bob = world.addPerson('bob', {
    createAt: at,
    firstName: 'Bob',
    lastName: 'Builder',
    position: 'Developer',
  })
  const carol = world.addPerson('carol', { createAt: at, firstName: 'Carol', lastName: 'Nguyen' })
  const dave = world.addPerson('dave', {
    createAt: at,
    firstName: 'Dave',
    lastName: 'Moreau',
    deactivated: true,
  })
  const grace = world.addPerson('grace', {
    createAt: at,
    firstName: 'Grace',
    lastName: 'Okafor',
    position: 'QA',
  })
  const gwbot = world.addBot('gwbot', {
    createAt: at,
    firstName: 'Gateway',
    description: 'posts for the gateway',
  })
  const lonebot = world.addBot('lonebot', { createAt: at, description: 'has no channel at all' })
  return { admin, alice, bob, carol, dave, grace, gwbot, lonebot }
}

function addTeams(world: World, people: Record<PersonName, Person>, at: number): Record<TeamName, Team> {
  const eng = world.addTeam('eng', { createAt: at, displayName: 'Engineering', creator: people.admin })
  const ops = world.addTeam('ops', {
    createAt: at,
    displayName: 'Operations',
    type: 'I',
    creator: people.admin,
  })
  const web = world.addTeam('web', { createAt: at, displayName: 'Website', creator: people.admin })
  for (const name of ['alice', 'bob', 'grace', 'gwbot'] as const) world.joinTeam(eng, people[name])
  world.joinTeam(ops, people.bob)
  world.joinTeam(web, people.alice)
  return { eng, ops, web }
}

function addChannels(
  world: World,
  people: Record<PersonName, Person>,
  teams: Record<TeamName, Team>,
  start: number,
): Record<ChannelName, Channel> {
  const { admin, alice, bob, dave, grace, gwbot } = people
  const make = (
    team: Team,
    name: string,
    displayName: string,
    more: Parameters<World['addChannel']>[2],
  ): Channel => {
    return world.addChannel(team, name, { displayName, createAt: start, ...more })
  }
  const standard = (team: Team, name: string): Channel => {
    const found = [...world.channels.values()].find(known => known.teamId === team.id && known.name === name)
    if (found === undefined) throw new Error(`the team has no ${name}`)
    return found
  }
  const dev = make(teams.eng, 'dev', 'Dev 🛠', {
    creator: alice,
    header: 'See [wiki](https://example.test/wiki) · on call: @bob',
    purpose: 'daily work',
  })
  for (const person of [bob, grace, gwbot]) world.join(dev, person, { by: admin, at: start + 1 })
  const webDev = make(teams.web, 'dev', 'Dev (website)', { creator: alice, purpose: 'the public site' })
  const vault = make(teams.eng, 'vault', 'Vault', {
    private: true,
    creator: alice,
    header: 'keys and **plans**',
  })
  const secret = make(teams.eng, 'secret', 'Secret', {
    private: true,
    creator: bob,
    purpose: 'not for everybody',
  })
  const lounge = make(teams.eng, 'lounge', 'Lounge', { creator: bob, purpose: 'coffee' })
  const old = make(teams.eng, 'old', 'Old', { creator: alice, purpose: 'closed' })
  const readonly = make(teams.eng, 'readonly', 'Announcements', {
    creator: admin,
    readOnly: true,
    purpose: 'read only',
  })
  for (const person of [alice, bob, grace]) world.join(readonly, person, { by: admin, at: start + 1 })
  const incidents = make(teams.ops, 'incidents', 'Incidents', { creator: bob, private: true })
  return {
    townSquare: standard(teams.eng, 'town-square'),
    offTopic: standard(teams.eng, 'off-topic'),
    dev,
    webDev,
    vault,
    secret,
    lounge,
    old,
    readonly,
    incidents,
    aliceBob: world.directChannel(alice, bob, { createAt: start }),
    aliceSelf: world.directChannel(alice, alice, { createAt: start }),
    aliceDave: world.directChannel(alice, dave, { createAt: start }),
    aliceBobAdmin: world.groupChannel([alice, bob, admin], { createAt: start }),
  }
}
