import { KosmoError } from '../../../../shared/errors.ts'
import { NAME_PATTERN } from '../../../../shared/mattermost/ids.ts'
import { type ChannelReference, readChannelReference } from '../../../../shared/mattermost/reference.ts'
import {
  getChannel,
  getChannelByName,
  getMe,
  getMyChannels,
  getMyTeams,
  getPost,
  getUserByName,
} from '../api/reads.ts'
import type { WireChannel, WireTeam, WireUser } from '../api/wire.ts'
import { channelReference, type NamedChannel, nameChannels } from '../channels/named-channel.ts'
import type { MattermostService } from '../service.ts'
import { nearest } from './nearest.ts'

/** Where a reference leads: to a channel, or to a person with whom there is no direct channel yet. */
export type FoundChannel =
  | { kind: 'channel'; channel: NamedChannel }
  | { kind: 'no-channel-yet'; person: WireUser }

/**
 * Finds the channel that `input` names. Changes nothing: a direct channel that does not exist is not made.
 *
 * @param field the argument that it stands in, for the error
 * @throws KosmoError `invalid_input`, `not_found` with the nearest names, `ambiguous` with the candidates
 */
export async function findChannel(
  service: MattermostService,
  field: string,
  input: string,
  signal: AbortSignal,
): Promise<FoundChannel> {
  const reference = readChannelReference(input, service.client.server.base)
  if (reference.kind === 'unreadable') throw new KosmoError('invalid_input', `${field}: ${reference.why}`)
  const teams = getMyTeams(service.client, signal)
  // Whoever awaits it below sees its error; where nobody does it must not end the process.
  teams.catch(() => undefined)
  const found = await lookUp(service, reference, teams, signal)
  if ('username' in found) return { kind: 'no-channel-yet', person: found }
  const [channel] = await nameChannels(service, [found], await teams, signal)
  if (channel === undefined) throw new KosmoError('internal', 'A channel got lost.')
  return { kind: 'channel', channel }
}

/** Like `findChannel`, for what exists. */
export async function requireChannel(
  service: MattermostService,
  field: string,
  input: string,
  signal: AbortSignal,
): Promise<NamedChannel> {
  const found = await findChannel(service, field, input, signal)
  if (found.kind === 'channel') return found.channel
  throw new KosmoError(
    'not_found',
    `There is no direct channel with @${found.person.username} yet; reading does not make one.`,
  )
}

async function lookUp(
  service: MattermostService,
  reference: ChannelReference,
  teams: Promise<WireTeam[]>,
  signal: AbortSignal,
): Promise<WireChannel | WireUser> {
  const { client } = service
  switch (reference.kind) {
    case 'id':
      return getChannel(client, reference.id, signal)
    case 'post':
      return getChannel(client, (await getPost(client, reference.id, signal)).channel_id, signal)
    case 'person':
      return directChannel(service, reference.username, signal)
    case 'name':
      return reference.team === undefined
        ? byName(service, reference.name, await teams, signal)
        : inTeam(service, reference.team, reference.name, await teams, signal)
  }
}

async function directChannel(
  service: MattermostService,
  username: string,
  signal: AbortSignal,
): Promise<WireChannel | WireUser> {
  const [me, person, channels] = await Promise.all([
    getMe(service.client, signal),
    getUserByName(service.client, username, signal),
    getMyChannels(service.client, signal),
  ])
  const name = [me.id, person.id].sort().join('__')
  return channels.find(channel => channel.type === 'D' && channel.name === name) ?? person
}

async function inTeam(
  service: MattermostService,
  teamName: string,
  name: string,
  teams: WireTeam[],
  signal: AbortSignal,
): Promise<WireChannel> {
  const team = teams.find(candidate => candidate.name.toLowerCase() === teamName)
  if (team === undefined) {
    throw unknown(
      `This account is in no team "${teamName}".`,
      teamName,
      teams.map(candidate => candidate.name),
    )
  }
  try {
    return await getChannelByName(service.client, team.id, name, signal)
  } catch (error) {
    if (!isNotFound(error)) throw error
    const own = (await getMyChannels(service.client, signal)).filter(channel => channel.team_id === team.id)
    throw unknown(
      `There is no channel "${name}" in team ${team.name}.`,
      name,
      own.map(channel => channel.name),
    )
  }
}

async function byName(
  service: MattermostService,
  name: string,
  teams: WireTeam[],
  signal: AbortSignal,
): Promise<WireChannel> {
  const wanted = name.toLowerCase()
  const own = await getMyChannels(service.client, signal)
  const matches =
    [
      own.filter(channel => channel.name.toLowerCase() === wanted),
      own.filter(channel => channel.display_name.toLowerCase() === wanted),
    ].find(channels => channels.length > 0) ?? (await amongOthers(service, wanted, teams, signal))
  const [only] = matches
  if (only === undefined) {
    const names = own.filter(channel => channel.team_id !== '').map(channel => channel.name)
    throw unknown(`There is no channel "${name}" that this account can see.`, name, names)
  }
  if (matches.length === 1) return only
  const named = await nameChannels(service, matches, teams, signal)
  const candidates = named.map(channel => `${channelReference(channel)} (${channel.wire.id})`).join(', ')
  throw new KosmoError('ambiguous', `"${name}" could be ${candidates}. Name one of them.`)
}

/** Public channels that the account has not joined are not among its own, but can be found by name. */
async function amongOthers(
  service: MattermostService,
  name: string,
  teams: WireTeam[],
  signal: AbortSignal,
): Promise<WireChannel[]> {
  if (!NAME_PATTERN.test(name)) return []
  const found = await Promise.all(
    teams.map(team => getChannelByName(service.client, team.id, name, signal).catch(nothingFound)),
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
