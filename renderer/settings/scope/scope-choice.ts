import { isInScope, readScope } from '../../../shared/mattermost/scope.ts'
import type { PlaceView } from '../../../shared/protocol/account-methods.ts'

/*
 * The text that limits an account, changed by ticking. The text is what is kept: what somebody wrote by hand and the
 * list cannot show stays as it is.
 */

/** A channel of the list, by the names that links have. */
export type ListedChannel = { team: string; channel: string }

/** The entries of a text, as they are written. */
export function scopeWords(text: string): string[] {
  return text.split(/[\s,]+/).filter(word => word !== '')
}

/** Whether a text lets a channel be used. A text that cannot be read lets nothing. */
export function isTicked(text: string, channel: ListedChannel): boolean {
  return scopeWords(text).some(word => covers(word, channel))
}

/** Whether an entry stands for a whole team, channels that are yet to come among them. */
export function isWholeTeam(text: string, team: string): boolean {
  return scopeWords(text).some(word => wholeTeams(team).includes(word.toLowerCase()))
}

/** The text with a channel ticked or not; what it says of all other channels of the list stays the same. */
export function withChannel(
  text: string,
  channel: ListedChannel,
  isWanted: boolean,
  places: readonly PlaceView[],
): string {
  if (isTicked(text, channel) === isWanted) return text
  if (isWanted) return join([...scopeWords(text), nameOf(channel)])
  const words = scopeWords(text)
  const kept = words.filter(word => !covers(word, channel))
  // What went with a pattern is named one by one, but for the channel that is not wanted.
  const lost = listed(places).filter(
    each =>
      !isSame(each, channel) &&
      words.some(word => covers(word, each)) &&
      !kept.some(word => covers(word, each)),
  )
  return join([...kept, ...lost.map(nameOf)])
}

/** The text with a whole team in it, or with nothing of the team in it; other teams stay as they are. */
export function withTeam(
  text: string,
  team: string,
  isWanted: boolean,
  places: readonly PlaceView[],
): string {
  const channels = listed(places).filter(each => each.team === team)
  const rest = scopeWords(text).filter(word => !isOnlyOf(word, team))
  if (isWanted) return join([...rest, `${team}/*`])
  return channels.reduce((before, channel) => withChannel(before, channel, false, places), join(rest))
}

/** Entries that no channel of the list comes from: people, ids, names of somewhere else. */
export function otherWords(text: string, places: readonly PlaceView[]): string[] {
  const channels = listed(places)
  const teams = places.map(({ team }) => team)
  return scopeWords(text).filter(
    word => !channels.some(channel => covers(word, channel)) && !teams.some(team => isOnlyOf(word, team)),
  )
}

function covers(word: string, { team, channel }: ListedChannel): boolean {
  const read = readScope(word)
  // The list has no ids, and no name of it can be one.
  const asScoped = { kind: 'team', id: '', name: channel, teamId: '', teamName: team } as const
  return read.kind === 'scope' && isInScope(read.scope, asScoped)
}

/** Whether an entry names this team and no other, whatever it says of its channels. */
function isOnlyOf(word: string, team: string): boolean {
  return word.toLowerCase().split('/')[0] === team
}

function wholeTeams(team: string): string[] {
  return [team, `${team}/*`, `${team}/~*`]
}

function listed(places: readonly PlaceView[]): ListedChannel[] {
  return places.flatMap(({ team, channels }) => channels.map(({ channel }) => ({ team, channel })))
}

function nameOf({ team, channel }: ListedChannel): string {
  return `${team}/${channel}`
}

function isSame(one: ListedChannel, other: ListedChannel): boolean {
  return one.team === other.team && one.channel === other.channel
}

function join(words: string[]): string {
  return [...new Set(words)].join(', ')
}
