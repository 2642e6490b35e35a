import { cleanLine } from '../text/clean.ts'
import { ellipsis } from '../text/shorten.ts'
import { type LinkRisk, linksIn } from './risks/links.ts'
import { mixedScriptsIn } from './risks/mixed-scripts.ts'
import { type SecretRisk, secretsIn } from './risks/secrets.ts'
import { type UnseenRisk, unseenIn } from './risks/unseen.ts'

/** What a person should know of a text before it is posted, found by looking at the text alone. */
export type Risks = {
  /** By host, at most 20. */
  links: LinkRisk[]
  /** Hosts beyond those. */
  moreHosts: number
  /** The server fetches what a posted link leads to, to show a preview of it, whether anybody follows it or not. */
  previewed: boolean
  unseen: UnseenRisk[]
  /** Words of Latin letters with others among them that look the same. */
  mixedScripts: string[]
  secrets: SecretRisk[]
}

/** Looks at the text of a post for what a reader easily overlooks. Takes time in proportion to its length. */
export function risksOf(text: string): Risks {
  const { links, more } = linksIn(text)
  return {
    links,
    moreHosts: more,
    previewed: links.some(({ host }) => !host.endsWith(':')),
    unseen: unseenIn(text),
    mixedScripts: mixedScriptsIn(text),
    secrets: secretsIn(text),
  }
}

const MAX_LINE = 240

/** The same in short sentences, the worst first; none where there is nothing to tell. */
export function riskLines({ links, moreHosts, previewed, unseen, mixedScripts, secrets }: Risks): string[] {
  const lines = [
    ...secrets.map(({ what, where }) => `Looks like a secret: ${what} (${ellipsis(cleanLine(where), 80)}).`),
    ...links.flatMap(({ host, shown }) =>
      shown === undefined ? [] : [`A link shows ${shortHost(shown)} but leads to ${shortHost(host)}.`],
    ),
    ...(unseen.length === 0 ? [] : [`Characters that do not show: ${unseen.map(unseenWords).join(', ')}.`]),
    ...(mixedScripts.length === 0
      ? []
      : [`Letters that only look Latin: ${mixedScripts.map(word => `"${word}"`).join(', ')}.`]),
    ...(links.length === 0 ? [] : [`Links to ${linkWords(links, moreHosts)}.`]),
    ...(previewed ? ['The server fetches a posted link to show a preview of it.'] : []),
  ]
  return lines.map(line => ellipsis(line, MAX_LINE))
}

function unseenWords({ code, name, count }: UnseenRisk): string {
  const times = count === 1 ? '' : ` ×${count}`
  return code === '…' ? `${name}${times}` : `${code} ${name}${times}`
}

function linkWords(links: LinkRisk[], more: number): string {
  const words = links.map(({ host, count, image }) => {
    const times = count === 1 ? '' : ` ×${count}`
    return `${shortHost(host)}${times}${image ? ' (image)' : ''}`
  })
  return [...words, ...(more > 0 ? [`${more} more`] : [])].join(', ')
}

/** A long host from its end, which says whose it is. */
function shortHost(host: string): string {
  const clean = cleanLine(host)
  return clean.length <= 60 ? clean : `…${clean.slice(-59)}`
}
