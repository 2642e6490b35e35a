import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Settings } from '../../../../support/mattermost/settings.ts'
import { openTown, type Town } from '../../../../support/tools/open-town.ts'
import { dataOf, textOf } from '../../../../support/tools/outputs.ts'

let town: Town
beforeEach(async () => {
  town = await openTown()
  const member = town.channels.dev.members.get(town.people.alice.id)
  if (member === undefined) throw new Error('alice is not in dev')
  Object.assign(member, {
    msgCount: town.channels.dev.totalMsgCount - 5,
    msgCountRoot: town.channels.dev.totalMsgCountRoot - 2,
    mentionCount: 3,
    mentionCountRoot: 1,
  })
})
afterEach(() => town.close())

type Crt = Settings['collapsedThreads']

async function devWith(collapsedThreads: Crt, choice?: 'on' | 'off') {
  town.mattermost.settings.collapsedThreads = collapsedThreads
  if (choice !== undefined) {
    town.world.preferences.push({
      personId: town.people.alice.id,
      category: 'display_settings',
      name: 'collapsed_reply_threads',
      value: choice,
    })
  }
  const { channels } = dataOf(await town.tools.call('list_channels'))
  return channels.find(channel => channel.id === town.channels.dev.id)
}

const WITH_REPLIES = { unread: 5, mentions: 3 }
const ROOTS_ONLY = { unread: 2, mentions: 1 }

describe('unread counts', () => {
  it.each<[Crt, 'on' | 'off' | undefined, object]>([
    ['disabled', undefined, WITH_REPLIES],
    ['disabled', 'on', WITH_REPLIES],
    ['always_on', undefined, ROOTS_ONLY],
    ['always_on', 'off', ROOTS_ONLY],
    ['default_on', undefined, ROOTS_ONLY],
    ['default_on', 'off', WITH_REPLIES],
    ['default_off', undefined, WITH_REPLIES],
    ['default_off', 'on', ROOTS_ONLY],
  ])('with collapsed threads %s on the server and %s by the person', async (server, choice, expected) => {
    expect(await devWith(server, choice)).toMatchObject(expected)
  })

  it('shows nothing where nothing is new', async () => {
    const { channels } = dataOf(await town.tools.call('list_channels'))
    const vault = channels.find(channel => channel.id === town.channels.vault.id)
    const member = town.channels.vault.members.get(town.people.alice.id)
    expect(vault?.unread ?? 0).toBe(town.channels.vault.totalMsgCount - (member?.msgCount ?? 0))
    if (member !== undefined) member.msgCount = town.channels.vault.totalMsgCount + 7
    const again = dataOf(await town.tools.call('list_channels', { type: 'private' }))
    expect(again.channels[0]).not.toHaveProperty('unread')
    expect(again.channels[0]).not.toHaveProperty('mentions')
  })

  it('says it in the lines too', async () => {
    expect(textOf(await town.tools.call('list_channels', { team: 'eng' }))).toMatch(
      new RegExp(`${town.channels.dev.id} unread 5 \\(3 mentions\\)`),
    )
  })

  it('counts direct channels, which no team has', async () => {
    const member = town.channels.aliceBob.members.get(town.people.alice.id)
    if (member !== undefined)
      Object.assign(member, { msgCount: town.channels.aliceBob.totalMsgCount - 1, mentionCount: 1 })
    const { channels } = dataOf(await town.tools.call('list_channels', { type: 'direct', query: 'bob' }))
    expect(channels).toMatchObject([{ name: '@bob', unread: 1, mentions: 1 }])
  })
})
