import { cleanLine } from '../text/clean.ts'
import { ellipsis } from '../text/shorten.ts'
import { isId } from './ids.ts'

/** The teams and channels that an account is limited to. */
export type Scope = { entries: ScopeEntry[] }

type ScopeEntry =
  /** A team or channel by its id. */
  | { kind: 'id'; id: string }
  /** `team/channel`, with `*` for any letters; `team` alone means all its channels. */
  | { kind: 'channel'; team: Pattern; channel: Pattern }
  /** `@person`: the direct channel with them. `@*` means every direct and group channel. */
  | { kind: 'person'; name: Pattern; all: boolean }

/** Whether a whole name is as a pattern says. */
type Pattern = (name: string) => boolean

/** A channel as the server describes it now; nothing in it may be older than the call that it is decided for. */
export type ScopedChannel =
  | { kind: 'team'; id: string; name: string; teamId: string; teamName: string }
  /** `person`: the user name of the other one, one's own where it is with oneself; empty where it is not known. */
  | { kind: 'direct'; id: string; person: string }
  | { kind: 'group'; id: string }

export type ReadScope = { kind: 'scope'; scope: Scope } | { kind: 'refused'; why: string }

const PATTERN = /^[a-z0-9._*-]{1,64}$/

/** Reads a scope: entries separated by commas or blanks. Anything that is not understood refuses the whole. */
export function readScope(text: string): ReadScope {
  const words = text
    .toLowerCase()
    .split(/[\s,]+/)
    .filter(word => word !== '')
  if (words.length === 0) return { kind: 'refused', why: 'it is empty' }
  const entries: ScopeEntry[] = []
  for (const word of words) {
    const entry = readEntry(word)
    if (entry === undefined) {
      const shown = ellipsis(cleanLine(word), 60)
      return {
        kind: 'refused',
        why: `"${shown}" is none of team, team/channel, @person, an id; * stands for any letters`,
      }
    }
    entries.push(entry)
  }
  return { kind: 'scope', scope: { entries } }
}

function readEntry(word: string): ScopeEntry | undefined {
  if (isId(word)) return { kind: 'id', id: word }
  if (word.startsWith('@')) {
    const name = word.slice(1)
    return PATTERN.test(name) ? { kind: 'person', name: wildcard(name), all: name === '*' } : undefined
  }
  const [team = '', channel = '*', ...more] = word.split('/')
  const name = channel.replace(/^~/, '')
  if (more.length > 0 || !PATTERN.test(team) || !PATTERN.test(name)) return undefined
  return { kind: 'channel', team: wildcard(team), channel: wildcard(name) }
}

/** Every letter means itself but `*`. No expression: with many `*` those take years for some names. */
function wildcard(pattern: string): Pattern {
  const [start = '', ...rest] = pattern.split('*')
  const end = rest.pop()
  return given => {
    const name = given.toLowerCase()
    if (end === undefined) return name === start
    if (name.includes('/') || !name.startsWith(start) || !name.endsWith(end)) return false
    let at = start.length
    for (const part of rest) {
      const found = name.indexOf(part, at)
      if (found === -1) return false
      at = found + part.length
    }
    return at + end.length <= name.length
  }
}

/** Whether a channel is within a scope. No scope at all is no limit, and not asked here. */
export function isInScope({ entries }: Scope, channel: ScopedChannel): boolean {
  return entries.some(entry => lets(entry, channel))
}

function lets(entry: ScopeEntry, channel: ScopedChannel): boolean {
  switch (entry.kind) {
    case 'id':
      return entry.id === channel.id || (channel.kind === 'team' && entry.id === channel.teamId)
    case 'channel':
      return channel.kind === 'team' && entry.team(channel.teamName) && entry.channel(channel.name)
    case 'person':
      return (
        (channel.kind === 'direct' && channel.person !== '' && entry.name(channel.person)) ||
        (channel.kind === 'group' && entry.all)
      )
  }
}

/** Whether anything in a team is within a scope, so that the team may be named. */
export function isTeamInScope({ entries }: Scope, team: { id: string; name: string }): boolean {
  return entries.some(
    entry =>
      (entry.kind === 'id' && entry.id === team.id) || (entry.kind === 'channel' && entry.team(team.name)),
  )
}
