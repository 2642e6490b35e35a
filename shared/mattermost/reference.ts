import { cleanLine } from '../text/clean.ts'
import { ellipsis } from '../text/shorten.ts'
import { isId, looksLikeId, NAME_PATTERN, USERNAME_PATTERN } from './ids.ts'

/** A channel as people and models name it. */
export type ChannelReference =
  | { kind: 'id'; id: string }
  | { kind: 'name'; name: string; team?: string }
  | { kind: 'person'; username: string }
  | { kind: 'post'; id: string }

export type Unreadable = { kind: 'unreadable'; why: string }

const ID_RULE = 'an id is 26 lower-case letters and digits'

/** Characters of a display name; none of them means anything in a URL. */
const DISPLAY_NAME = /^(?=.*[\p{L}\p{N}])[\p{L}\p{M}\p{N}\p{Extended_Pictographic} ._'’&()!+,:@|-]{1,64}$/u

/**
 * Reads what stands where a channel is asked for: an id, `~name`, `team/channel`, `@user`, a display name, or a link
 * to a channel or post on `serverBase`.
 */
export function readChannelReference(input: string, serverBase: string): ChannelReference | Unreadable {
  const text = input.trim()
  if (isId(text)) return { kind: 'id', id: text }
  if (/^https?:\/\//i.test(text)) return readLink(text, serverBase)
  if (looksLikeId(text))
    return unreadable(text, `${ID_RULE}; if it is the name of a channel, write ~ before it`)
  if (text.startsWith('@')) {
    const username = text.slice(1)
    if (USERNAME_PATTERN.test(username)) return { kind: 'person', username: username.toLowerCase() }
    return unreadable(text, 'a user name has only letters, digits and ._-')
  }
  const parts = text.split('/')
  if (parts.length === 2) return readTeamAndName(text, parts[0] ?? '', parts[1] ?? '')
  const name = text.replace(/^[~#]/, '').trim()
  if (parts.length === 1 && DISPLAY_NAME.test(name) && !name.includes('..')) return { kind: 'name', name }
  return unreadable(text, `${ID_RULE}; names are written ~channel, team/channel or @user`)
}

/** Reads what stands where a post is asked for: an id, or a link to a post on `serverBase`. */
export function readPostReference(
  input: string,
  serverBase: string,
): { kind: 'post'; id: string } | Unreadable {
  const text = input.trim()
  if (isId(text)) return { kind: 'post', id: text }
  if (/^https?:\/\//i.test(text)) {
    const link = readLink(text, serverBase)
    return link.kind === 'post' || link.kind === 'unreadable'
      ? link
      : unreadable(text, 'that link is not to a post')
  }
  return unreadable(text, `${ID_RULE}; a link to the post works too`)
}

/** Reads what stands where a team is asked for: an id, a name or a display name. */
export function readTeamReference(
  input: string,
): { kind: 'id'; id: string } | { kind: 'name'; name: string } | Unreadable {
  const text = input.trim()
  if (isId(text)) return { kind: 'id', id: text }
  if (looksLikeId(text)) return unreadable(text, ID_RULE)
  if (DISPLAY_NAME.test(text) && !text.includes('..')) return { kind: 'name', name: text }
  return unreadable(text, `${ID_RULE}; the name of a team works too`)
}

function readTeamAndName(text: string, left: string, right: string): ChannelReference | Unreadable {
  const team = left.replace(/^~/, '')
  const name = right.replace(/^[~#]/, '')
  if (!NAME_PATTERN.test(team))
    return unreadable(text, 'write it team/channel, with the names that links have')
  if (name.startsWith('@') && USERNAME_PATTERN.test(name.slice(1))) {
    return { kind: 'person', username: name.slice(1).toLowerCase() }
  }
  if (!NAME_PATTERN.test(name) || name.includes('..')) {
    return unreadable(text, 'write it team/channel, with the names that links have')
  }
  return { kind: 'name', name, team: team.toLowerCase() }
}

function readLink(text: string, serverBase: string): ChannelReference | Unreadable {
  if (!URL.canParse(text)) return unreadable(text, 'that is not a link')
  const url = new URL(text)
  const base = new URL(serverBase)
  const prefix = base.pathname.replace(/\/+$/, '')
  if (url.host !== base.host || !url.pathname.startsWith(`${prefix}/`)) {
    return unreadable(text, `that link is not to this server, ${base.host}${prefix}`)
  }
  const [team = '', page = '', target = '', ...more] = url.pathname.slice(prefix.length + 1).split('/')
  if (page === 'pl' && isId(target)) return { kind: 'post', id: target }
  if (page === 'channels' && NAME_PATTERN.test(team) && NAME_PATTERN.test(target)) {
    const post = more[0] ?? ''
    return isId(post) ? { kind: 'post', id: post } : { kind: 'name', name: target, team: team.toLowerCase() }
  }
  if (page === 'messages' && target.startsWith('@') && USERNAME_PATTERN.test(target.slice(1))) {
    return { kind: 'person', username: target.slice(1).toLowerCase() }
  }
  if (page === 'messages' && NAME_PATTERN.test(team) && NAME_PATTERN.test(target)) {
    return { kind: 'name', name: target, team: team.toLowerCase() }
  }
  return unreadable(text, 'that link is not to a channel or post')
}

function unreadable(text: string, why: string): Unreadable {
  return { kind: 'unreadable', why: `"${ellipsis(cleanLine(text), 60)}" was not understood: ${why}.` }
}
