import {
  channelWire,
  decodePostList,
  decodeWire,
  postWire,
  statsWire,
  teamWire,
  userWire,
} from './api/wire.ts'
import { channelHeading, describeChannel } from './channels/describe-channel.ts'
import { describePost, postLines } from './posts/describe-post.ts'

const ID = 'r'.repeat(26)

/**
 * Takes made-up answers through everything that real ones go through. Schemas, expressions and functions are built and
 * compiled when they are first used; done ahead, the first call takes half the time.
 */
export function rehearse(): void {
  const user = decodeWire(userWire, { id: ID, username: 'ä', timezone: { automaticTimezone: '' } }, 'a user')
  const channel = decodeWire(channelWire, { id: ID, type: 'O', name: 'ä', team_id: ID }, 'a channel')
  decodeWire(teamWire, { id: ID, name: 'ä' }, 'a team')
  decodeWire(statsWire, { channel_id: ID, member_count: 1 }, 'numbers')
  const made = {
    id: ID,
    create_at: 1,
    edit_at: 1,
    user_id: ID,
    channel_id: ID,
    message: 'ä\n\u200d',
    props: { attachments: [{ text: 'ä' }] },
    metadata: { files: [{ name: 'ä', size: 1 }], reactions: [{ emoji_name: 'ä' }] },
  }
  const { posts } = decodePostList({ order: [ID], posts: { [ID]: made } })
  const people = new Map([[ID, user]])
  const described = [decodeWire(postWire, made, 'a post'), ...posts].map(post =>
    describePost(post, people, { text: 10, rest: 10 }),
  )
  postLines(described)
  channelHeading(describeChannel({ wire: channel, kind: 'public', name: 'ä', title: 'ö', team: 'ä' }))
}
