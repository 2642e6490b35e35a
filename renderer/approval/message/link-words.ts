import { hostOf, hostsShown } from '../../../shared/approvals/risks/hosts.ts'
import { cleanLine } from '../../../shared/text/clean.ts'
import { ellipsis } from '../../../shared/text/shorten.ts'

export type LinkWords = {
  /** Where it leads, for a look before a click: the whole target, cut where it is very long. */
  target: string
  /** The host to name behind the link; undefined where its own text says it. */
  leadsTo: string | undefined
  /** Its text names another host. */
  isElsewhere: boolean
  /** To be opened on a click; undefined where it is not https. */
  opens: string | undefined
}

const MAX_TARGET = 2_000
/** What `openLink` takes. */
const MAX_OPENED = 4_096

/** What to say of a link beside its text. */
export function linkWords(href: string, label: string): LinkWords {
  const host = hostOf(href)
  const shown = host === undefined ? [] : hostsShown(label, host)
  const isElsewhere = shown.some(each => each !== host)
  const says = shown.includes(host ?? '') && !isElsewhere
  return {
    target: ellipsis(cleanLine(href), MAX_TARGET),
    leadsTo: says ? undefined : (host ?? 'this server'),
    isElsewhere,
    opens: opened(href),
  }
}

function opened(href: string): string | undefined {
  const full = /^www\./i.test(href) ? `https://${href}` : href
  if (!URL.canParse(full)) return undefined
  const url = new URL(full)
  return url.protocol === 'https:' && url.href.length <= MAX_OPENED ? url.href : undefined
}
