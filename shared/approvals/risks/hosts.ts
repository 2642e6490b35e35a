import { cleanText } from '../../text/clean.ts'

const SCHEME = /^[a-z][a-z0-9+.-]*:/i

/**
 * The host that a link's target leads to, as browsers ask for it; `mailto:` and the like where there is none, undefined
 * for what stays on the server. The server's apps put `http://` before a target that has no scheme.
 */
export function hostOf(raw: string): string | undefined {
  const target = raw.trim()
  if (/^([a-z][a-z0-9+.-]*:)?\/*$/i.test(target) || target.startsWith('#') || /^[/\\](?![/\\])/.test(target))
    return undefined
  const full = SCHEME.test(target) ? target : `http://${target}`
  const parsed = parse(full)
  if (parsed === undefined) return authorityOf(full)
  // `example.com:8080/x` reads as a scheme with a path.
  if (parsed.host === '' && !full.includes('//') && /^[^:]*\.[^:]*:\d/.test(full))
    return hostOf(`http://${full}`)
  return parsed.hostname === '' ? parsed.protocol : parsed.hostname
}

/** What stands where a host should be, of a link that cannot be read. */
function authorityOf(url: string): string | undefined {
  const from = url.indexOf('//') + 2
  const host = cleanText(url.slice(from, from + 253)).replace(/[/?#\\\s].*$/s, '')
  return host === '' ? undefined : host
}

function parse(url: string): URL | undefined {
  try {
    return new URL(url)
  } catch {
    return undefined
  }
}

/** Endings by which a name alone is taken for a host; `notes.md` and `main.rs` are files. */
const ENDINGS = new Set(
  'com org net edu gov mil int info biz io dev app ai co uk de fr eu us ru ua cn jp in br me tv xyz online site cloud tech shop link'.split(
    ' ',
  ),
)

const NAMED = /([a-z][a-z0-9+.-]{1,30}:\/\/)?([\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){0,9})/giu

/** The hosts that the text of a link shows, as browsers ask for them; `www.` is left out where `target` has none. */
export function hostsShown(label: string, target: string): string[] {
  const shown = cleanText(label).replace(/[*~`]|(?<![\p{L}\p{N}])_+|_+(?![\p{L}\p{N}])/gu, '')
  const found: string[] = []
  for (const [, scheme, name = ''] of shown.matchAll(NAMED)) {
    const ending = name.slice(name.lastIndexOf('.') + 1).toLowerCase()
    const isName =
      name.includes('.') && (/^www\./i.test(name) || ENDINGS.has(ending) || hasEnding(target, ending))
    const host = scheme !== undefined || isName ? parse(`http://${name}`)?.hostname : undefined
    if (host !== undefined) found.push(bare(host) === bare(target) ? target : host)
  }
  return found
}

function hasEnding(host: string, ending: string): boolean {
  return /[a-z]/.test(ending) && host.endsWith(`.${ending}`)
}

function bare(host: string): string {
  return host.replace(/^www\./, '')
}

const NAMED_REFERENCES: Record<string, string> = { amp: '&', colon: ':', sol: '/', period: '.', commat: '@' }

/** A target as Markdown reads it: without escapes, character references as what they stand for. */
export function inMarkdown(target: string): string {
  return target
    .replace(/\\([!-/:-@[-`{-~])/g, '$1')
    .replace(/&#(\d{1,7});/g, (reference, code) => character(Number(code), reference))
    .replace(/&#x([0-9a-f]{1,6});/gi, (reference, code) => character(Number.parseInt(code, 16), reference))
    .replace(/&([a-z]{3,6});/g, (reference, name) => NAMED_REFERENCES[name] ?? reference)
}

function character(code: number, reference: string): string {
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : reference
}
