import { wideMentions } from '../../../shared/mattermost/wide-mentions.ts'
import { type GrantReach, grantReaches, whyNotRemembered } from '../../../shared/policy/grant.ts'
import type { Keep, Shown } from './desk.ts'
import { ONCE, textOf } from './desk.ts'

export type KeepOffer = { kind: 'reaches'; reaches: GrantReach[] } | { kind: 'once-only'; why: string }

/** What can be remembered of a request, with the text as it would be posted now. */
export function keepOffer(shown: Shown): KeepOffer {
  const { asker, subject } = shown.approval
  const wide = [...subject.wideMentions, ...(shown.draft === undefined ? [] : wideMentions(textOf(shown)))]
  const write = { ...asker, ...subject, wideMentions: wide }
  const why = whyNotRemembered(write)
  return why === undefined ? { kind: 'reaches', reaches: grantReaches(write) } : { kind: 'once-only', why }
}

/** What is remembered with an approval given now: what the person chose, where it is on offer. */
export function effectiveKeep(shown: Shown): Keep {
  const offer = keepOffer(shown)
  return offer.kind === 'reaches' && offer.reaches.includes(shown.keep.reach) ? shown.keep : ONCE
}
