import { KosmoError } from '../../../../shared/errors.ts'
import { NAME_PATTERN } from '../../../../shared/mattermost/ids.ts'
import { type ChannelReference, readChannelReference } from '../../../../shared/mattermost/reference.ts'
import { nearest } from '../../nearest.ts'
import { getChannel, getChannelByName, getPost, getUserByName } from '../api/reads.ts'
import type { WireChannel, WireTeam, WireUser } from '../api/wire.ts'
import { channelReference, type NamedChannel, nameChannels } from '../channels/named-channel.ts'
import type { MattermostService } from '../service.ts'

/** Where a reference leads: to a channel, or to a person with whom there is no direct channel yet. */
export type FoundChannel =
  | { kind: 'channel'; channel: NamedChannel }
  | { kind: 'no-channel-yet'; person: WireUser }

/** What finding a channel works with: for reads names may be a minute old, for writes they are asked for anew. */
type Lookup = {
  service: MattermostService
  signal: AbortSignal
  teams(): Promise<WireTeam[]>
  channel(id: string): Promise<WireChannel>
  myChannels(): Promise<WireChannel[]>
}

/**
 * Finds the existing channel that `input` names, to read from.
 *
 * @param field the argument that it stands in, for the error
 * @throws KosmoError `invalid_input`, `not_found` with the nearest names, `ambiguous` with the candidates
 */
export async function channelToRead(
  service: MattermostService,
  field: string,
  input: string,
  signal: AbortSignal,
): Promise<NamedChannel> {
  const { known, guard } = service
  // Where the account is limited nothing that is remembered may decide.
  const remembered: Lookup = {
    service,
    signal,
    teams: () => known.teams(signal),
    channel: id => known.channel(id, signal),
    myChannels: () => known.myChannels(signal),
  }
  const found = await findChannel(field, input, guard === undefined ? remembered : fresh(service, signal))
  if (found.kind === 'channel') return found.channel
  const { username } = found.person
  throw new KosmoError(
    'not_found',
    `There is no direct channel with @${username} yet; reading does not make one.`,
  )
}

/** Finds the channel that `input` names, to write to, by what the server says now. Changes nothing. @throws KosmoError */
export async function channelToWrite(
  service: MattermostService,
  field: string,
  input: string,
  signal: AbortSignal,
): Promise<FoundChannel> {
  return findChannel(field, input, fresh(service, signal))
}

function fresh(service: MattermostService, signal: AbortSignal): Lookup {
  return {
    service,
    signal,
    teams: () => service.known.freshTeams(signal),
    channel: id => getChannel(service.client, id, signal),
    myChannels: () => service.known.freshChannels(signal),
  }
}

/** Reads a reference to a channel, before anything is asked. @throws KosmoError `invalid_input` */
export function channelReferenceOf(
  service: MattermostService,
  field: string,
  input: string,
): ChannelReference {
  const reference = readChannelReference(input, service.client.server.base)
  if (reference.kind === 'unreadable') throw new KosmoError('invalid_input', `${field}: ${reference.why}`)
  return reference
}

async function findChannel(field: string, input: string, lookup: Lookup): Promise<FoundChannel> {
  const { service, signal } = lookup
  const reference = channelReferenceOf(service, field, input)
  const found = await lookUp(reference, lookup)
  if ('username' in found) {
    await service.guard?.checkPerson(found.id, signal)
    return { kind: 'no-channel-yet', person: found }
  }
  await service.guard?.check(found, signal)
  const [channel] = await nameChannels(service, [found], await service.known.teams(signal), signal)
  if (channel === undefined) throw new KosmoError('internal', 'A channel got lost.')
  return { kind: 'channel', channel }
}

async function lookUp(reference: ChannelReference, lookup: Lookup): Promise<WireChannel | WireUser> {
  switch (reference.kind) {
    case 'id':
      return lookup.channel(reference.id)
    case 'post':
      return lookup.channel((await getPost(lookup.service.client, reference.id, lookup.signal)).channel_id)
    case 'person':
      return directChannel(reference.username, lookup)
    case 'name':
      return reference.team === undefined
        ? byName(reference.name, lookup)
        : inTeam(reference.team, reference.name, lookup)
  }
}

async function directChannel(username: string, lookup: Lookup): Promise<WireChannel | WireUser> {
  const { service, signal } = lookup
  const [me, person, channels] = await Promise.all([
    service.known.me(signal),
    getUserByName(service.client, username, signal),
    lookup.myChannels(),
  ])
  // The name of a direct channel is both ids, the smaller first.
  const name = [me.id, person.id].sort().join('__')
  const ofName = (channel: WireChannel) => channel.type === 'D' && channel.name === name
  return channels.find(ofName) ?? (await service.known.freshChannels(signal)).find(ofName) ?? person
}

async function inTeam(teamName: string, name: string, { service, signal, teams, myChannels }: Lookup) {
  const all = await teams()
  const team = all.find(candidate => candidate.name.toLowerCase() === teamName)
  if (team === undefined) {
    const names = all.filter(known => service.guard?.isTeamInside(known) !== false).map(known => known.name)
    throw unknown(`This account is in no team "${teamName}".`, teamName, names)
  }
  try {
    return await getChannelByName(service.client, team.id, name, signal)
  } catch (error) {
    if (!isNotFound(error)) throw error
    service.guard?.checkTeam(team)
    const own = await insideOf(service, await myChannels(), signal, channel => channel.team_id === team.id)
    const names = own.map(channel => `${team.name}/${channel.name}`)
    throw unknown(`There is no channel "${name}" in team ${team.name}.`, `${team.name}/${name}`, names)
  }
}

/** Candidates that are named where a name is ambiguous. */
const MAX_CANDIDATES = 8

async function byName(name: string, lookup: Lookup): Promise<WireChannel> {
  const { service, signal } = lookup
  const wanted = name.toLowerCase()
  const remembered = named(wanted, await lookup.myChannels())
  const own = remembered.length > 0 ? remembered : named(wanted, await service.known.freshChannels(signal))
  const all = own.length > 0 ? own : await amongOthers(wanted, lookup)
  const inside = await insideOf(service, all, signal)
  // One that is outside is refused where it is checked, with that reason.
  const matches = inside.length > 0 ? inside : all.slice(0, 1)
  const teams = await lookup.teams()
  const [only] = matches
  if (only === undefined) {
    const ofTeams = await insideOf(
      service,
      await lookup.myChannels(),
      signal,
      channel => channel.team_id !== '',
    )
    const names = (await nameChannels(service, ofTeams, teams, signal)).map(channel => channel.name)
    throw unknown(`There is no channel "${name}" that this account can see.`, name, names)
  }
  if (matches.length === 1) return only
  const candidates = (await nameChannels(service, matches.slice(0, MAX_CANDIDATES), teams, signal)).map(
    channel => `${channelReference(channel)} (${channel.wire.id})`,
  )
  const more = matches.length > MAX_CANDIDATES ? ` and ${matches.length - MAX_CANDIDATES} more` : ''
  throw new KosmoError('ambiguous', `"${name}" could be ${candidates.join(', ')}${more}. Name one of them.`)
}

/** Those that the account may use: neither candidates nor nearest names tell of others. */
async function insideOf(
  service: MattermostService,
  channels: readonly WireChannel[],
  signal: AbortSignal,
  isMeant: (channel: WireChannel) => boolean = () => true,
): Promise<WireChannel[]> {
  const meant = channels.filter(isMeant)
  return service.guard === undefined ? meant : (await service.guard.filter(meant, signal)).inside
}

/** By the name that links have, else by the one that people see. */
function named(wanted: string, channels: readonly WireChannel[]): WireChannel[] {
  const byName = channels.filter(channel => channel.name.toLowerCase() === wanted)
  if (byName.length > 0) return byName
  return channels.filter(channel => channel.display_name.toLowerCase() === wanted)
}

/** Public channels that the account has not joined are not among its own, but can be found by name. */
async function amongOthers(name: string, { service, signal, teams }: Lookup): Promise<WireChannel[]> {
  if (!NAME_PATTERN.test(name)) return []
  const found = await Promise.all(
    (await teams()).map(team => getChannelByName(service.client, team.id, name, signal).catch(nothingFound)),
  )
  return found.filter(channel => channel !== undefined)
}

function nothingFound(error: unknown): undefined {
  if (isNotFound(error) || (error instanceof KosmoError && error.code === 'forbidden')) return undefined
  throw error
}

function isNotFound(error: unknown): boolean {
  return error instanceof KosmoError && error.code === 'not_found'
}

function unknown(sentence: string, wanted: string, names: string[]): KosmoError {
  const near = nearest(wanted, names)
  const advice = near.length === 0 ? 'list_channels shows what there is.' : `Nearest: ${near.join(', ')}.`
  return new KosmoError('not_found', `${sentence} ${advice}`)
}
