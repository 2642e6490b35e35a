import type { LinkRisk } from '../../../shared/approvals/risks/links.ts'
import { type Risks, risksOf } from '../../../shared/approvals/risks.ts'
import type { WriteSubject } from '../../../shared/approvals/write-subject.ts'
import { namedMentions } from '../../../shared/mattermost/named-mentions.ts'
import { wideMentions } from '../../../shared/mattermost/wide-mentions.ts'
import { type WideReach, wideReach } from '../../../shared/mattermost/wide-reach.ts'
import { cleanLine } from '../../../shared/text/clean.ts'
import { ellipsis } from '../../../shared/text/shorten.ts'

/** Something to know about a post before it is made: a word or two, then a sentence. */
export type Flag = {
  key: string
  /** `warn`: something is wrong with the text; `ask`: it reaches people; `plain`: good to know. */
  tone: 'warn' | 'ask' | 'plain'
  label: string
  text: string
}

const MAX_LISTED = 5
const MAX_HOST = 60

/** What a person should know of a text as it would be posted, the worst first. */
export function flagsOf(subject: WriteSubject, draft: string | undefined): Flag[] {
  const risks = risksOf(draft ?? subject.text)
  return [...warnings(risks), ...reached(subject, draft), ...links(risks)]
}

function warnings({ secrets, links, unseen, mixedScripts }: Risks): Flag[] {
  return [
    ...secrets.map(({ what, where }, index) =>
      flag(
        `secret ${index}`,
        'warn',
        'Secret?',
        `Looks like a secret: ${what} (${ellipsis(cleanLine(where), 80)}).`,
      ),
    ),
    ...links.flatMap(({ host, shown }) =>
      shown === undefined
        ? []
        : [
            flag(
              `elsewhere ${host}`,
              'warn',
              'Link',
              `Shows ${shortHost(shown)} but leads to ${shortHost(host)}.`,
            ),
          ],
    ),
    ...(unseen.length === 0
      ? []
      : [
          flag(
            'unseen',
            'warn',
            'Invisible',
            `Characters that do not show: ${listed(unseen.map(({ code, name, count }) => `${code === '…' ? '' : `${code} `}${name}${times(count)}`))}.`,
          ),
        ]),
    ...(mixedScripts.length === 0
      ? []
      : [
          flag(
            'mixed',
            'warn',
            'Lookalike',
            `Letters that only look Latin: ${listed(mixedScripts.map(word => `“${word}”`))}.`,
          ),
        ]),
  ]
}

/** Whom the post reaches beyond those who read along. */
function reached(subject: WriteSubject, draft: string | undefined): Flag[] {
  const text = draft ?? subject.text
  const wide = draft === undefined ? subject.wideMentions : wideMentions(draft)
  const reach =
    draft === undefined || subject.members === undefined ? subject.notified : wideReach(wide, subject.members)
  const names = namedMentions(text)
  return [
    ...(wide.length === 0 ? [] : [flag('wide', 'ask', at(wide), reachWords(reach))]),
    ...(names.length === 0
      ? []
      : [
          flag(
            'names',
            'ask',
            names.length === 1 ? at(names) : `${names.length} names`,
            names.length === 1
              ? 'is notified, if that is a person or group here.'
              : `${listed(names.map(name => `@${name}`))} are notified, where they are people or groups here.`,
          ),
        ]),
  ]
}

function reachWords(reach: WideReach | undefined): string {
  if (reach === undefined) return 'notifies everybody in the channel.'
  const people = `${reach.people} ${reach.people === 1 ? 'person' : 'people'}`
  return reach.upTo ? `notifies up to ${people}, those who are online.` : `notifies ${people}.`
}

function links({ links: all, moreHosts, previewed }: Risks): Flag[] {
  const count = all.reduce((sum, link) => sum + link.count, 0)
  if (count === 0) return []
  const hosts = listed(all.map(hostWords), moreHosts)
  const preview = previewed ? ` The server will fetch a preview of ${count === 1 ? 'it' : 'them'}.` : ''
  const label = moreHosts > 0 ? 'Many links' : `${count} ${count === 1 ? 'link' : 'links'}`
  return [flag('links', 'plain', label, `${hosts}.${preview}`)]
}

function hostWords({ host, count, image }: LinkRisk): string {
  return `${shortHost(host)}${times(count)}${image ? ' (an image that every reader fetches)' : ''}`
}

/** A long host from its end, which says whose it is. */
function shortHost(host: string): string {
  const clean = cleanLine(host)
  return clean.length <= MAX_HOST ? clean : `…${clean.slice(1 - MAX_HOST)}`
}

function at(names: readonly string[]): string {
  return listed(names.map(name => `@${name}`))
}

function times(count: number): string {
  return count === 1 ? '' : ` ×${count}`
}

function listed(words: readonly string[], beyond = 0): string {
  const left = Math.max(0, words.length - MAX_LISTED) + beyond
  const shown = words.slice(0, MAX_LISTED).join(', ')
  return left > 0 ? `${shown} and ${left} more` : shown
}

function flag(key: string, tone: Flag['tone'], label: string, text: string): Flag {
  return { key, tone, label, text }
}
