import type { Channel, Person } from '../../support/mattermost/records.ts'
import { startMattermost } from '../../support/mattermost/server.ts'
import { World } from '../../support/mattermost/world.ts'
import type { ChannelName, PersonName, Workspace } from './workspace.ts'

/** The workspace on our own server. */
export async function memoryWorkspace(): Promise<Workspace> {
  const world = new World({ seed: 7 })
  const admin = world.addPerson('admin', { roles: 'system_admin system_user' })
  const people: Record<PersonName, Person> = {
    alice: world.addPerson('alice'),
    bob: world.addPerson('bob'),
    carol: world.addPerson('carol'),
  }
  const { alice, bob } = people
  const team = world.addTeam('eng', { displayName: 'Engineering', creator: admin })
  for (const person of [alice, bob]) world.joinTeam(team, person)
  const channels: Record<ChannelName, Channel> = {
    dev: world.addChannel(team, 'dev', { displayName: 'Dev', creator: alice }),
    vault: world.addChannel(team, 'vault', { displayName: 'Vault', creator: alice, private: true }),
    secret: world.addChannel(team, 'secret', { displayName: 'Secret', creator: bob, private: true }),
    lounge: world.addChannel(team, 'lounge', { displayName: 'Lounge', creator: bob }),
    old: world.addChannel(team, 'old', { displayName: 'Old', creator: alice }),
    direct: world.directChannel(alice, bob),
  }
  world.join(channels.dev, bob, { by: admin })
  world.archive(channels.old, alice)
  const mattermost = await startMattermost({ world })
  const post = (id: string) => {
    const found = world.posts.row(id)
    if (found === undefined) throw new Error('no such post')
    return found
  }
  return {
    url: mattermost.url,
    ids: { people: idsOf(people), channels: idsOf(channels), team: team.id, teamName: team.name },
    names: { alice: 'alice', bob: 'bob', carol: 'carol' },
    token: person => world.token(people[person]),
    say: async (person, channel, text, root) => {
      if (root !== undefined) return world.addReply(post(root), people[person], text).id
      return world.addPost(channels[channel], people[person], text).id
    },
    sayAt: async (channel, text, createAt) => world.addPost(channels[channel], admin, text, { createAt }).id,
    edit: async (_, id, text) => void world.posts.edit(post(id), text),
    remove: async (person, id) => world.posts.delete(post(id), people[person]),
    react: async (person, id, emoji) => world.posts.react(post(id), people[person], emoji),
    close: mattermost.close,
  }
}

function idsOf<Name extends string>(records: Record<Name, { id: string }>): Record<Name, string> {
  const ids: Partial<Record<Name, string>> = {}
  for (const name of Object.keys(records) as Name[]) ids[name] = records[name].id
  return ids as Record<Name, string>
}
