import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type WriteSubject, writeSubjectSchema } from '../../../../../shared/approvals/write-subject.ts'
import { errorFault } from '../../../../support/mattermost/faults/case.ts'
import {
  type CreatePostArguments,
  type CreatePostWorld,
  openCreatePost,
} from '../../../../support/posting/open-create-post.ts'

let town: CreatePostWorld
beforeAll(async () => {
  town = await openCreatePost()
})
afterEach(() => town.mattermost.faults.clear())
afterAll(() => town.close())

const never = new AbortController().signal

/** What a person is shown of a call, and what would be sent. */
async function shown(args: Partial<CreatePostArguments>) {
  const write = await town.open().prepare({ channel_id: town.dev.id, message: 'hello', ...args })
  const subject = await write.describe(never)
  expect(writeSubjectSchema.parse(subject)).toEqual(subject)
  expect(write.content).toEqual({
    server: subject.server,
    channel: subject.channel,
    root: subject.root,
    text: subject.text,
  })
  expect(subject.wideMentions).toEqual(write.wideMentions)
  return subject
}

describe('what a person is shown of create_post', () => {
  it('in a channel', async () => {
    const members = town.dev.members.size
    expect(await shown({})).toEqual<WriteSubject>({
      service: 'Mattermost',
      server: town.mattermost.url.replace('http://', ''),
      author: '@alice',
      channel: town.dev.id,
      place: '~dev',
      kind: 'public',
      team: 'eng',
      audience: `Development, team eng, public, ${members} members`,
      members,
      text: 'hello',
      wideMentions: [],
    })
  })

  it('in a private channel', async () => {
    const secret = town.world.addChannel(town.team, 'secret', { private: true, creator: town.alice })
    expect(await shown({ channel_id: secret.id })).toMatchObject({ kind: 'private', team: 'eng', members: 1 })
  })

  it('in a thread: its root, also where a reply is given', async () => {
    const root = town.world.addPost(town.dev, town.bob, 'Who\ndeploys?')
    const reply = town.world.addReply(root, town.grace, 'not me')
    for (const root_id of [root.id, reply.id]) {
      expect(await shown({ root_id })).toMatchObject({ root: root.id, replyTo: '@bob: Who↵deploys?' })
    }
  })

  it('to a person with whom there is a direct channel, and without one', async () => {
    const before = await shown({ channel_id: '@bob' })
    expect(before).toMatchObject({ channel: `@${town.bob.id}`, place: '@bob', kind: 'direct', members: 2 })
    expect(before).not.toHaveProperty('team')
    const direct = town.world.directChannel(town.alice, town.bob)
    const after = await shown({ channel_id: '@bob' })
    expect(after).toMatchObject({ channel: direct.id, place: '@bob', kind: 'direct', members: 2 })
    expect(after).not.toHaveProperty('team')
  })

  it.each([
    ['@all', { upTo: false }],
    ['@channel and @here', { upTo: false }],
    ['@here', { upTo: true }],
  ])('of %s, how many it reaches', async (message, reach) => {
    const { notified, members } = await shown({ message })
    expect(notified).toEqual({ people: members, ...reach })
  })

  it('without numbers where the account may not know them', async () => {
    town.mattermost.faults.push({
      match: { method: 'GET', path: /\/stats$/ },
      fault: errorFault(403, 'api.context.permissions.app_error'),
    })
    const subject = await shown({ message: '@all' })
    expect(subject.audience).toBe('Development, team eng, public')
    expect(subject).not.toHaveProperty('members')
    expect(subject).not.toHaveProperty('notified')
  })

  it('within bounds, whatever things are called', async () => {
    const title = '界'.repeat(400)
    const channel = town.world.addChannel(town.team, 'n'.repeat(300), {
      displayName: title,
      creator: town.alice,
    })
    const subject = await shown({ channel_id: channel.id })
    expect(subject.audience).toContain('界…, team eng, public, 1 members')
  })
})
