import * as fc from 'fast-check'
import type { Channel, Person, Post, Team } from '../mattermost/records.ts'
import type { World } from '../mattermost/world.ts'

/** A channel in outline: for each millisecond how many posts it has, and what became of some of them. */
export type Crowd = { perMillisecond: number[]; deleted: number[]; edited: number[] }

/** Channels in which many posts share a millisecond. */
export const crowds: fc.Arbitrary<Crowd> = fc.record({
  perMillisecond: fc.array(
    fc.oneof({ weight: 2, arbitrary: fc.constant(1) }, fc.integer({ min: 1, max: 9 })),
    {
      minLength: 1,
      maxLength: 12,
    },
  ),
  deleted: fc.array(fc.nat(40), { maxLength: 3 }),
  edited: fc.array(fc.nat(40), { maxLength: 3 }),
})

export type CrowdedChannel = { channel: Channel; posts: Post[]; startsAt: number }

/** Makes the channel; `posts` are those that are there to be read, oldest first. */
export function crowdedChannel(world: World, team: Team, member: Person, crowd: Crowd): CrowdedChannel {
  const startsAt = world.now() - 1_000_000
  const channel = world.addChannel(team, `crowd-${world.newId().slice(0, 12)}`, { createAt: startsAt - 1 })
  channel.members.set(member.id, {
    admin: false,
    msgCount: 0,
    msgCountRoot: 0,
    mentionCount: 0,
    mentionCountRoot: 0,
    lastViewedAt: 0,
    lastUpdateAt: startsAt,
    muted: false,
  })
  const all = crowd.perMillisecond.flatMap((count, millisecond) =>
    Array.from({ length: count }, (_, nth) =>
      world.addPost(channel, member, `${millisecond}.${nth}`, { createAt: startsAt + millisecond }),
    ),
  )
  for (const nth of crowd.edited) {
    const post = all[nth % all.length]
    if (post !== undefined) world.posts.edit(post, `${post.message} edited`)
  }
  for (const nth of crowd.deleted) {
    const post = all[nth % all.length]
    if (post !== undefined) world.posts.delete(post, member)
  }
  return { channel, posts: all.filter(post => post.deleteAt === 0), startsAt }
}
