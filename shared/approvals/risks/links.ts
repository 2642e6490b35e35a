import { cleanLine } from '../../text/clean.ts'
import { ellipsis } from '../../text/shorten.ts'
import { hostOf, hostsShown, inMarkdown } from './hosts.ts'

/** The links of a text that lead to one host. */
export type LinkRisk = {
  /** The first of them, or the first that shows another host: cleaned, and cut where it is long. */
  url: string
  /** As browsers ask for it, so `xn--…` where it has other letters than ASCII; `mailto:` and the like without a host. */
  host: string
  count: number
  /** One of them is an image: it is fetched by everybody who reads the post. */
  image: boolean
  /** The text of one of them shows another host than the one that it leads to. */
  mismatch: boolean
  /** The host that the text shows, where that is another. */
  shown?: string
}

type Target = { raw: string; label: string; image: boolean }

const MAX_HOSTS = 20
const MAX_URL = 200
/** Of the text of a link; what stands behind is not looked at. */
const MAX_LABEL = 1_000
const MAX_REFERENCE = 999

/**
 * Where the links of a message lead: bare ones, `<…>`, Markdown's inline and reference links, images. By host, those
 * that show another host first, at most 20; `more` says how many hosts are left out.
 *
 * What is code is the server's Markdown to say, so links in code count too: naming one too many is the smaller harm.
 */
export function linksIn(text: string): { links: LinkRisk[]; more: number } {
  const byHost = new Map<string, LinkRisk>()
  const { targets, own } = markdownTargets(text)
  for (const target of targets) add(byHost, target)
  for (const raw of bareLinks(text, own)) add(byHost, { raw, label: '', image: false })
  const links = [...byHost.values()].sort((a, b) => rank(a) - rank(b))
  return { links: links.slice(0, MAX_HOSTS), more: Math.max(0, links.length - MAX_HOSTS) }
}

function rank({ mismatch, host }: LinkRisk): number {
  return mismatch ? 0 : host.includes('xn--') ? 1 : 2
}

function add(byHost: Map<string, LinkRisk>, { raw, label, image }: Target): void {
  const host = hostOf(raw)
  if (host === undefined) return
  const isAddress = host === 'mailto:' || host === 'tel:'
  // Of an image inside a link only its own text is shown.
  const words = label.replace(/\]\([^)\]]*\)/g, ']')
  const shown = isAddress ? undefined : hostsShown(words, host).find(other => other !== host)
  const known = byHost.get(host)
  const isNews = known === undefined || (shown !== undefined && !known.mismatch)
  byHost.set(host, {
    url: isNews ? ellipsis(cleanLine(raw), MAX_URL) : known.url,
    host,
    count: (known?.count ?? 0) + 1,
    image: image || known?.image === true,
    mismatch: shown !== undefined || known?.mismatch === true,
    ...((known?.shown ?? shown) !== undefined && { shown: known?.shown ?? shown ?? '' }),
  })
}

type Opened = { at: number; image: boolean }

/** A link's own text or its target: a bare link there that leads to the same host is no other. */
type Own = { from: number; to: number; host: string }

/** The targets of Markdown's links, read generously in one pass: one that is never closed counts too. */
function markdownTargets(text: string): { targets: Target[]; own: Own[] } {
  const targets: Target[] = []
  const own: Own[] = []
  const references = readReferences(text)
  const known = new Set<string>()
  const opened: Opened[] = []
  for (let at = 0; at < text.length; at++) {
    const character = text[at]
    if (character === '\\') at++
    else if (character === '[') opened.push({ at, image: text[at - 1] === '!' })
    else if (character === ']') {
      const from = opened.pop()
      const label = from === undefined ? '' : text.slice(from.at + 1, Math.min(at, from.at + 1 + MAX_LABEL))
      const image = from?.image === true
      if (text[at + 1] === '(') {
        const { raw, end } = destination(text, at + 2)
        const target = { raw: inMarkdown(raw), label, image }
        targets.push(target)
        const host = hostOf(target.raw)
        if (host !== undefined) {
          if (from !== undefined && !image) own.push({ from: from.at, to: at, host })
          own.push({ from: at, to: end, host })
        }
        at = end - 1
      } else if (references.size > 0) {
        const name = text[at + 1] === '[' ? referenceName(text, at + 2, label) : label
        const raw = references.get(normal(name))
        if (raw !== undefined) {
          targets.push({ raw, label, image })
          known.add(raw)
        }
      }
    }
  }
  // Definitions that nothing uses, or only in a way that is not understood here.
  for (const raw of references.values()) if (!known.has(raw)) targets.push({ raw, label: '', image: false })
  return { targets, own }
}

/** Where a link's target ends: at white space or its bracket. */
function destination(text: string, start: number): { raw: string; end: number } {
  let at = start
  while (at < text.length && /\s/.test(text[at] ?? '')) at++
  const isAngled = text[at] === '<'
  const from = isAngled ? at + 1 : at
  let depth = 0
  for (at = from; at < text.length; at++) {
    const character = text[at] ?? ''
    if (character === '\\') at++
    else if (character === '\n' || character === '<' || character === '>') break
    else if (isAngled) continue
    else if (/\s/.test(character)) break
    else if (character === '(') depth++
    else if (character === ')' && depth-- === 0) break
  }
  if (isAngled && text[at] !== '>') return { raw: '', end: start }
  return { raw: text.slice(from, at), end: Math.min(at, text.length) }
}

/** `[name]: target`, at the beginning of a line or inside a quote; the first of a name counts. */
const DEFINITION = /^[ \t>]{0,20}\[([^\]\n]{1,999})\]:(?:[ \t]*\n)?[ \t]*(\S+)/gm

function readReferences(text: string): Map<string, string> {
  const found = new Map<string, string>()
  for (const [, name = '', raw = ''] of text.matchAll(DEFINITION)) {
    const key = normal(name)
    if (!found.has(key)) found.set(key, inMarkdown(raw.replace(/^<|>$/g, '')))
  }
  return found
}

function referenceName(text: string, start: number, label: string): string {
  const end = text.slice(start, start + MAX_REFERENCE).indexOf(']')
  return end <= 0 ? label : text.slice(start, start + end)
}

function normal(name: string): string {
  return name.trim().replace(/\s+/g, ' ').toLowerCase()
}

/** Scheme and `//`, or `www.`: what the server makes a link of by itself. */
const BARE = /[a-z][a-z0-9+.-]{0,30}:\/\/|(?<![a-z0-9])www\d{0,3}\./gi
/** A bare link goes on to one of these; `](` is the text of a Markdown link and its target. */
const BARE_END = /[\s<>"`]|\]\(/g

function bareLinks(text: string, own: readonly Own[]): string[] {
  const found: string[] = []
  const ownAt = lookUp(own)
  BARE.lastIndex = 0
  for (let match = BARE.exec(text); match !== null; match = BARE.exec(text)) {
    BARE_END.lastIndex = match.index
    const around = ownAt(match.index)
    const end = Math.min(BARE_END.exec(text)?.index ?? text.length, around?.to ?? text.length)
    const link = withoutTail(text.slice(match.index, end))
    if (around === undefined || hostOf(link) !== around.host) found.push(link)
    BARE.lastIndex = Math.max(end, BARE.lastIndex)
  }
  return found
}

/** A link without the punctuation of the sentence that it stands in. */
function withoutTail(link: string): string {
  let open = link.split('(').length - link.split(')').length
  let end = link.length
  for (; end > 0; end--) {
    const last = link[end - 1] ?? ''
    if (last === ')' && open < 0) open++
    else if (!/[?!.,:;*_~'\]|]/.test(last)) break
  }
  return link.slice(0, end)
}

/** The innermost of the ranges that hold a place. Asked about places in order. */
function lookUp(ranges: readonly Own[]): (at: number) => Own | undefined {
  const sorted = [...ranges].sort((a, b) => a.from - b.from)
  let next = 0
  let last: Own | undefined
  return at => {
    for (let range = sorted[next]; range !== undefined && range.from <= at; range = sorted[++next])
      last = range
    return last !== undefined && at < last.to ? last : undefined
  }
}
