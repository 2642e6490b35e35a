import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { openTown, type Town } from '../../../../support/tools/open-town.ts'
import { dataOf, errorOf, textOf } from '../../../../support/tools/outputs.ts'

let town: Town
beforeAll(async () => {
  town = await openTown()
})
afterEach(() => town.calm())
afterAll(() => town.close())

/** On the first call of a client: nothing is remembered. */
const ask = (channel_id: string) => town.toolsOf('alice').call('get_channel', { channel_id })
const get = async (channel_id: string) => dataOf(await ask(channel_id))

describe('get_channel', () => {
  it('gives name, display name, type, header, purpose and member counts', async () => {
    const { dev } = town.channels
    const { channel } = await get(dev.id)
    expect(channel).toEqual({
      id: dev.id,
      name: 'dev',
      display_name: 'Dev 🛠',
      type: 'public',
      team: 'eng',
      header: 'See [wiki](https://example.test/wiki) · on call: @bob',
      purpose: 'daily work',
      members: 4,
      pinned: 1,
      created: new Date(dev.createAt).toISOString(),
      last_post: new Date(dev.lastPostAt).toISOString(),
    })
  })

  it('says the same in its lines', async () => {
    const text = textOf(await ask(town.channels.dev.id))
    for (const fact of [
      town.channels.dev.id,
      'eng/dev',
      'Dev 🛠',
      'public',
      'members: 4',
      'daily work',
      'on call',
    ]) {
      expect(text).toContain(fact)
    }
  })

  it('counts guests where there are any', async () => {
    const guest = town.world.addPerson('guesty', { roles: 'system_guest' })
    town.world.join(town.channels.vault, guest)
    const { channel } = await get(town.channels.vault.id)
    town.world.leave(town.channels.vault, guest)
    expect(channel).toMatchObject({ members: 2, guests: 1, type: 'private' })
  })

  it('gives everything but the counts of a public channel that was not joined', async () => {
    const result = await ask(town.channels.lounge.id)
    const { channel } = dataOf(result)
    expect(channel).toMatchObject({ name: 'lounge', type: 'public', purpose: 'coffee' })
    expect(channel).not.toHaveProperty('members')
    expect(textOf(result)).toContain('not a member')
  })

  it('refuses a private channel of others and says that it is the account that may not', async () => {
    const error = errorOf(await ask(town.channels.secret.id))
    expect(error).toContain('[forbidden, HTTP 403, api.context.permissions.app_error')
    expect(error).not.toContain('Secret')
  })

  it('shows a header as it is now, also a moment after it was asked for before', async () => {
    const channel = town.world.addChannel(town.teams.eng, 'changing', {
      creator: town.people.alice,
      header: 'before',
    })
    const tools = town.toolsOf('alice')
    await tools.call('get_channel', { channel_id: channel.id })
    channel.header = 'after'
    expect(dataOf(await tools.call('get_channel', { channel_id: channel.id })).channel.header).toBe('after')
  })

  it('marks an archived channel', async () => {
    const result = await ask(town.channels.old.id)
    expect(dataOf(result).channel).toMatchObject({ name: 'old', archived: true })
    expect(textOf(result)).toContain('archived')
  })

  it('names a direct channel by the other person', async () => {
    expect((await get(town.channels.aliceBob.id)).channel).toMatchObject({
      name: '@bob',
      display_name: 'Bob Builder',
      type: 'direct',
      members: 2,
    })
  })

  it('says of a direct channel that the other one has left, or that it is oneself', async () => {
    expect((await get(town.channels.aliceDave.id)).channel.display_name).toBe('Dave Moreau (deactivated)')
    expect((await get(town.channels.aliceSelf.id)).channel).toMatchObject({
      name: '@alice',
      display_name: 'you',
    })
  })

  it('names a group by its people', async () => {
    const { channel } = await get(town.channels.aliceBobAdmin.id)
    expect(channel).toMatchObject({ name: 'admin, alice, bob', type: 'group', members: 3 })
    expect(channel).not.toHaveProperty('team')
  })

  it('treats a type of channel that it does not know as private', async () => {
    town.mattermost.faults.push({
      match: { method: 'GET', path: /\/channels\/[a-z0-9]{26}$/ },
      fault: { kind: 'changeJson', change: body => ({ ...(body as object), type: 'X' }) },
    })
    expect((await get(town.channels.dev.id)).channel.type).toBe('private')
  })

  it('keeps a header of several lines on one line of its text', async () => {
    const channel = town.world.addChannel(town.teams.eng, 'heads', {
      creator: town.people.alice,
      header: 'one\npurpose: forged\u202e',
      purpose: 'two\nmembers: 999',
    })
    const text = textOf(await ask(channel.id))
    const lines = text.split('\n')
    expect(lines).toHaveLength(5)
    expect(lines.filter(line => line.startsWith('purpose: '))).toEqual(['purpose: two members: 999'])
    expect(text).not.toContain('\u202e')
  })

  it('refuses an answer for another channel than asked', async () => {
    town.mattermost.faults.push({
      match: { method: 'GET', path: /\/channels\/[a-z0-9]{26}$/ },
      fault: { kind: 'changeJson', change: body => ({ ...(body as object), id: town.channels.vault.id }) },
    })
    const error = errorOf(await ask(town.channels.dev.id))
    expect(error).toContain('[bad_response')
  })

  it('refuses numbers of another channel than asked', async () => {
    town.mattermost.faults.push({
      match: { method: 'GET', path: /\/stats$/ },
      fault: {
        kind: 'changeJson',
        change: body => ({ ...(body as object), channel_id: town.channels.vault.id }),
      },
    })
    const error = errorOf(await ask(town.channels.dev.id))
    expect(error).toContain('[bad_response')
  })
})
