import { MAX_NAME, type WriteSubject } from '../../../../shared/approvals/write-subject.ts'
import { wideMentions } from '../../../../shared/mattermost/wide-mentions.ts'
import { wideReach } from '../../../../shared/mattermost/wide-reach.ts'
import { cleanText } from '../../../../shared/text/clean.ts'
import { onOneLine } from '../../../../shared/text/notice.ts'
import { ellipsis } from '../../../../shared/text/shorten.ts'
import { getStats } from '../api/reads.ts'
import type { WirePost, WireUser } from '../api/wire.ts'
import { channelLabel } from '../channels/named-channel.ts'
import { findPeople, userName } from '../posts/people.ts'
import type { FoundChannel } from '../references/resolve-channel.ts'
import type { MattermostService } from '../service.ts'
import type { Draft } from './post-intent.ts'

/** A post with everything that it stands on looked up. */
export type PlannedPost = {
  me: WireUser
  target: FoundChannel
  root: WirePost | undefined
  draft: Draft
}

/** The post as a person is shown it, with what the server says now of the place. @throws KosmoError */
export async function describeWrite(
  service: MattermostService,
  { me, target, root, draft }: PlannedPost,
  signal: AbortSignal,
): Promise<WriteSubject> {
  const wide = wideMentions(draft.message)
  const [place, answered] = await Promise.all([
    describePlace(service, me, target, signal),
    root && describeRoot(service, root, signal),
  ])
  const { members } = place
  return {
    service: 'Mattermost',
    server: service.client.server.label,
    author: name(`@${me.username}`),
    channel: draft.place,
    ...place,
    ...answered,
    text: draft.message,
    wideMentions: wide,
    ...(wide.length > 0 && members !== undefined && { notified: wideReach(wide, members) }),
  }
}

type Place = Pick<WriteSubject, 'place' | 'kind' | 'team' | 'audience' | 'members'>

async function describePlace(
  service: MattermostService,
  me: WireUser,
  target: FoundChannel,
  signal: AbortSignal,
): Promise<Place> {
  if (target.kind === 'no-channel-yet') {
    return {
      place: name(`@${target.person.username}`),
      kind: 'direct',
      audience: 'a new direct channel with them alone',
      members: target.person.id === me.id ? 1 : 2,
    }
  }
  const { wire, kind, title, team } = target.channel
  const members = (await getStats(service.client, wire.id, signal))?.member_count
  const facts = [
    name(title),
    ...(team === undefined ? [] : [`team ${name(team)}`]),
    kind,
    ...(members === undefined ? [] : [`${members} members`]),
  ]
  return {
    place: name(channelLabel(target.channel)),
    kind,
    ...(team !== undefined && { team: name(team) }),
    audience: facts.join(', '),
    ...(members !== undefined && { members }),
  }
}

async function describeRoot(service: MattermostService, root: WirePost, signal: AbortSignal) {
  const people = await findPeople(service, [root.user_id], signal)
  const words = ellipsis(onOneLine(cleanText(root.message)), 80)
  return { root: root.id, replyTo: name(`@${userName(people, root.user_id)}: ${words}`) }
}

function name(text: string): string {
  return ellipsis(text, MAX_NAME)
}
