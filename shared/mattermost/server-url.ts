/** A Mattermost server: where its pages are, without a slash at the end, with its subpath where it has one. */
export type ServerUrl = {
  /** e.g. `https://chat.example.org` or `https://example.org/mattermost`. */
  base: string
  /** The same without the scheme, for people. */
  label: string
}

export type ReadServerUrl = { kind: 'server'; server: ServerUrl } | { kind: 'refused'; why: string }

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/

/** Whether a URL leads to this machine. */
export function isLoopback(url: string): boolean {
  return URL.canParse(url) && LOOPBACK.test(new URL(url).hostname)
}

/** Pages of the web app: people paste the address of what they are looking at. */
const PAGE =
  /\/(?:[^/]+\/(?:channels|messages|pl)|_redirect\/pl|login|select_team|admin_console|api\/v4)(?:\/.*)?$/

/**
 * Reads the address of a server as people paste it.
 *
 * The path of an API call or of a page of the web app is left away, a subpath is kept. Plain http is refused but on
 * this machine: the token would cross the network readable.
 */
export function readServerUrl(text: string): ReadServerUrl {
  const trimmed = text.trim()
  if (!URL.canParse(trimmed)) return refused('it is not a URL; write it like https://chat.example.org')
  const url = new URL(trimmed)
  if (url.username !== '' || url.password !== '')
    return refused('it holds a user name or password; leave them out')
  if (url.protocol === 'http:' && !LOOPBACK.test(url.hostname)) {
    return refused('plain http would send the token readable over the network; write https://')
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return refused('only https:// is possible')
  if (url.hostname === '') return refused('it has no host')
  const path = url.pathname.replace(PAGE, '').replace(/\/+$/, '')
  if (!/^(\/[A-Za-z0-9._~-]+)*$/.test(path) || path.includes('..'))
    return refused('its path has odd characters')
  return { kind: 'server', server: { base: `${url.origin}${path}`, label: `${url.host}${path}` } }
}

function refused(why: string): ReadServerUrl {
  return { kind: 'refused', why }
}
