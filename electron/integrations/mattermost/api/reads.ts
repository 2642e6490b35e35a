import * as z from 'zod'
import { KosmoError } from '../../../../shared/errors.ts'
import type { MattermostClient, Query } from '../http/client.ts'
import { explainRefusal } from '../http/explain-refusal.ts'
import { decode, readAnswer, readAppError } from '../http/read-answer.ts'
import { route } from '../http/route.ts'
import {
  channelWire,
  decodePostList,
  decodeWire,
  decodeWireList,
  membershipWire,
  postWire,
  statsWire,
  teamWire,
  userWire,
  type WireChannel,
  type WireMembership,
  type WirePost,
  type WirePostList,
  type WireStats,
  type WireTeam,
  type WireUser,
} from './wire.ts'

/*
 * The reads of Mattermost's REST API that we use, one function a route. All throw KosmoError.
 * https://developers.mattermost.com/api-documentation/ and, where it is silent, a real server's replies.
 */

type Client = Pick<MattermostClient, 'read' | 'readRaw' | 'judge' | 'server'>

export async function getMe(client: Client, signal: AbortSignal): Promise<WireUser> {
  return decodeWire(userWire, await client.read(route`/users/me`, { signal }), 'a user')
}

export async function getUsersByIds(client: Client, ids: string[], signal: AbortSignal): Promise<WireUser[]> {
  return decodeWireList(
    userWire,
    await client.read(route`/users/ids`, { body: ids, signal }),
    'a list of users',
  )
}

/** @param username in lower case: the server does not fold it here */
export async function getUserByName(
  client: Client,
  username: string,
  signal: AbortSignal,
): Promise<WireUser> {
  return decodeWire(userWire, await client.read(route`/users/username/${username}`, { signal }), 'a user')
}

export async function getMyTeams(client: Client, signal: AbortSignal): Promise<WireTeam[]> {
  return decodeWireList(teamWire, await client.read(route`/users/me/teams`, { signal }), 'a list of teams')
}

const NO_CHANNELS = 'app.channel.get_channels.not_found.app_error'

/** The account's channels in one team, and its direct and group channels. */
export async function getMyChannelsOfTeam(
  client: Client,
  teamId: string,
  signal: AbortSignal,
): Promise<WireChannel[]> {
  try {
    const json = await client.read(route`/users/me/teams/${teamId}/channels`, { signal })
    return decodeWireList(channelWire, json, 'a list of channels')
  } catch (error) {
    if (error instanceof KosmoError && error.facts.serverError === NO_CHANNELS) return []
    throw error
  }
}

/**
 * All channels of the account, of every team (Mattermost 6.1 and newer).
 *
 * The server streams this list: an error comes as an object inside an array that never ends, with 200, 404 or 500
 * by whether the answer is compressed. Somebody without any channel gets just that. A part of a list is never passed
 * on as the whole.
 */
export async function getMyChannels(client: Client, signal: AbortSignal): Promise<WireChannel[]> {
  const answer = await client.readRaw(route`/users/me/channels`, { signal })
  const broken = brokenStream(decode(answer.body) ?? '', answer.status)
  if (broken !== undefined) {
    if (broken.id === NO_CHANNELS && broken.nothingBefore) return []
    throw explainRefusal({ ...broken, serverLabel: client.server.label })
  }
  const read = readAnswer(answer, client.server.label)
  if (read.kind === 'error') throw await client.judge(read.error)
  return decodeWireList(channelWire, read.json, 'a list of channels')
}

function brokenStream(text: string, status: number) {
  const start = text.lastIndexOf('{"id":"app.')
  if (!text.startsWith('[') || start === -1 || text.trimEnd().endsWith(']')) return undefined
  try {
    const error = readAppError(JSON.parse(text.slice(start)), status)
    return error && { ...error, nothingBefore: text.slice(0, start).trim() === '[' }
  } catch {
    return undefined
  }
}

export async function getMemberships(
  client: Client,
  teamId: string,
  signal: AbortSignal,
): Promise<WireMembership[]> {
  const json = await client.read(route`/users/me/teams/${teamId}/channels/members`, { signal })
  return decodeWireList(membershipWire, json, 'a list of memberships')
}

export async function getChannel(
  client: Client,
  channelId: string,
  signal: AbortSignal,
): Promise<WireChannel> {
  const json = await client.read(route`/channels/${channelId}`, { signal })
  const channel = decodeWire(channelWire, json, 'a channel')
  return sameId(channel, channelId)
}

export async function getChannelByName(
  client: Client,
  teamId: string,
  name: string,
  signal: AbortSignal,
): Promise<WireChannel> {
  const json = await client.read(route`/teams/${teamId}/channels/name/${name}`, { signal })
  return decodeWire(channelWire, json, 'a channel')
}

/** Members and pins; undefined where the account may see the channel but not its members. */
export async function getStats(
  client: Client,
  channelId: string,
  signal: AbortSignal,
): Promise<WireStats | undefined> {
  try {
    const query = { exclude_files_count: true }
    const json = await client.read(route`/channels/${channelId}/stats`, { query, signal })
    const stats = decodeWire(statsWire, json, 'the numbers of a channel')
    sameId({ id: stats.channel_id }, channelId)
    return stats
  } catch (error) {
    if (error instanceof KosmoError && error.code === 'forbidden') return undefined
    throw error
  }
}

/** A page of a channel's posts, newest first. Replies stand among the others, `reply_count` is right. */
export async function getPosts(
  client: Client,
  channelId: string,
  query: Query,
  signal: AbortSignal,
): Promise<WirePostList> {
  // Without skipFetchThreads reply_count is 0 for every post of a page.
  const flat = { skipFetchThreads: true, collapsedThreads: false }
  const json = await client.read(route`/channels/${channelId}/posts`, {
    query: { ...query, ...flat },
    signal,
  })
  return decodePostList(json, channelId)
}

export async function getPost(client: Client, postId: string, signal: AbortSignal): Promise<WirePost> {
  const post = decodeWire(postWire, await client.read(route`/posts/${postId}`, { signal }), 'a post')
  return sameId(post, postId)
}

/** The whole thread of a post, oldest first; all of it must be in `channelId` where that is given. The server gives the asked post twice and in any order. */
export async function getThread(
  client: Client,
  postId: string,
  channelId: string | undefined,
  signal: AbortSignal,
): Promise<WirePostList> {
  const list = decodePostList(await client.read(route`/posts/${postId}/thread`, { signal }), channelId)
  list.posts.sort(byTime)
  return list
}

export function byTime(a: WirePost, b: WirePost): number {
  return a.create_at - b.create_at || (a.id < b.id ? -1 : 1)
}

function sameId<T extends { id: string }>(found: T, id: string): T {
  if (found.id === id) return found
  throw new KosmoError(
    'bad_response',
    'The server answered with something else than asked: a cache stands in between.',
  )
}

export type ClientConfig = { maxPostSize: number; collapsedThreads: string }

/** The settings of the server that matter to a client; all values come as text. */
export async function getConfig(client: Client, signal: AbortSignal): Promise<ClientConfig> {
  // Servers of the 6.x line answer 501 without format=old.
  const json = await client.read(route`/config/client`, { query: { format: 'old' }, signal })
  const config = typeof json === 'object' && json !== null ? (json as Record<string, unknown>) : {}
  const size = Number(config.MaxPostSize)
  return {
    // Before 4000 was raised to 16383 in 2018; 16383 is what every server since takes.
    maxPostSize: Number.isSafeInteger(size) && size > 0 ? size : 16_383,
    collapsedThreads: typeof config.CollapsedThreads === 'string' ? config.CollapsedThreads : 'disabled',
  }
}

/** Whether the person has collapsed threads switched on: `on`, `off`, or undefined where they never chose. */
export async function getCollapsedThreadsChoice(
  client: Client,
  signal: AbortSignal,
): Promise<string | undefined> {
  try {
    const json = await client.read(
      route`/users/me/preferences/display_settings/name/collapsed_reply_threads`,
      { signal },
    )
    return decodeWire(z.object({ value: z.string() }), json, 'a preference').value
  } catch (error) {
    // Servers answer 400 or 404 to a preference that was never set.
    if (error instanceof KosmoError && (error.code === 'not_found' || error.code === 'refused'))
      return undefined
    throw error
  }
}
