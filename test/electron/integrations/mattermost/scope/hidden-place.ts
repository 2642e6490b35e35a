import { expect } from 'vitest'
import type { ToolResult } from '../../../../../electron/gateway/sdk.ts'
import type { Channel, Person, Post } from '../../../../support/mattermost/records.ts'
import type { OpenToolsOptions, Tools } from '../../../../support/tools/open-tools.ts'
import type { Town } from '../../../../support/tools/open-town.ts'
import { errorOf, textOf } from '../../../../support/tools/outputs.ts'

/** Words that stand only in what is outside: names, titles, headers, purposes, texts, people. */
const SECRETS = /krypton|sesame|quark/i

/** Channels of Alice's beyond a scope of `eng/dev, @bob`, each with a post and every text full of secret words. */
export type Hidden = {
  author: Person
  /** Nobody has a direct channel with them yet. */
  stranger: Person
  board: Channel
  vault: Channel
  lounge: Channel
  direct: Channel
  group: Channel
  postIn(channel: Channel): Post
}

export function hide(town: Town): Hidden {
  const { world, people, teams } = town
  const author = world.addPerson('quarkus', { firstName: 'Quark', lastName: 'Sesame', nickname: 'krypton' })
  const stranger = world.addPerson('quarkella', { firstName: 'Quarkella' })
  for (const team of [teams.eng, teams.web]) world.joinTeam(team, author)
  const texts = (displayName: string) => ({
    displayName,
    header: 'krypton header',
    purpose: 'krypton purpose',
    creator: author,
  })
  const board = world.addChannel(teams.eng, 'krypton-board', texts('Krypton Board'))
  const vault = world.addChannel(teams.web, 'krypton-vault', { ...texts('Krypton Vault'), private: true })
  const lounge = world.addChannel(teams.eng, 'krypton-lounge', texts('Krypton Lounge'))
  for (const channel of [board, vault]) world.join(channel, people.alice)
  const direct = world.directChannel(people.alice, author)
  const group = world.groupChannel([people.alice, people.bob, author], { header: 'krypton header' })
  const posts = new Map<string, Post>()
  for (const channel of [board, vault, lounge, direct, group]) {
    const post = world.addPost(channel, author, 'open sesame: the krypton plan')
    world.addReply(post, author, 'sesame reply')
    posts.set(channel.id, post)
  }
  const postIn = (channel: Channel): Post => {
    const post = posts.get(channel.id)
    if (post === undefined) throw new Error('no post there')
    return post
  }
  return { author, stranger, board, vault, lounge, direct, group, postIn }
}

/** Alice's tools, limited. */
export function limitedTo(scope: string, town: Town, more: Partial<OpenToolsOptions> = {}): Tools {
  return town.toolsOf('alice', { ...more, variables: { MATTERMOST_SCOPE: scope } })
}

/** No word of what is outside stands anywhere in a result. */
export function expectNothingTold(result: ToolResult): void {
  expect(JSON.stringify(result)).not.toMatch(SECRETS)
}

/** Refused as forbidden, telling nothing, and nothing was written. */
export function expectRefused(result: ToolResult, town: Town): void {
  expect(errorOf(result)).toMatch(/\[forbidden[^\]]*\]$/)
  expectNothingTold(result)
  expect(town.writes()).toEqual([])
}

/** Failed in any way, telling nothing, and nothing was written. */
export function expectNothing(result: ToolResult, town: Town): string {
  const error = errorOf(result)
  expectNothingTold(result)
  expect(town.writes()).toEqual([])
  return error
}

export function expectWorks(result: ToolResult): void {
  expect(result.isError, textOf(result)).not.toBe(true)
  expectNothingTold(result)
}
