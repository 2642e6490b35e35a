import type { Channel, Post } from './records.ts'
import type { World } from './world.ts'

/** Posting marks the channel read; reading through the API does not. */
export function markRead(channel: Channel, personId: string): void {
  const member = channel.members.get(personId)
  if (member === undefined) return
  member.msgCount = channel.totalMsgCount
  member.msgCountRoot = channel.totalMsgCountRoot
  member.mentionCount = 0
  member.mentionCountRoot = 0
  member.lastViewedAt = channel.lastPostAt
  member.lastUpdateAt = channel.lastPostAt
}

/** Counts a mention for everybody whom a post names, and for the other side of a direct channel. */
export function notify(world: World, channel: Channel, post: Post): void {
  const wide = /(^|\s)@(all|channel|here)\b/.test(post.message)
  const names = (post.message.match(/@[a-z0-9._-]+/gi) ?? []).map(name =>
    name.slice(1).replace(/[._-]+$/, ''),
  )
  for (const [id, member] of channel.members) {
    const person = world.people.get(id)
    if (person === undefined || id === post.userId) continue
    const named = names.includes(person.username)
    if (!wide && !named && channel.type !== 'D') continue
    member.mentionCount++
    if (post.rootId === '') member.mentionCountRoot++
  }
}
