import { randomUUID } from 'node:crypto'
import { KosmoError } from '../../../../shared/errors.ts'
import type { JournalFile } from '../../../../shared/posting/journal.ts'
import type { IntendedLine, JournalState } from '../../../../shared/posting/journal-entry.ts'
import { getPost } from '../api/reads.ts'
import type { WirePost } from '../api/wire.ts'
import type { NewPost } from '../api/writes.ts'
import type { MattermostService } from '../service.ts'
import { claimPost } from './claim-post.ts'
import type { Intent } from './intents.ts'
import { postOnce, resolvePost } from './post-once.ts'

type Draft = Omit<NewPost, 'channelId'> & { place: string }

/**
 * The post that an intention has led to already; undefined where it may be posted now. Sends nothing.
 *
 * @throws KosmoError `unknown_outcome` where an earlier try cannot be resolved, `invalid_input` where the key was used
 *   for another text
 */
export async function earlierPost(
  service: MattermostService,
  intent: Intent,
  draft: Draft,
  signal: AbortSignal,
): Promise<WirePost | undefined> {
  const all = service.journal.list()
  const own = all.find(({ state }) => state.intent.mark === intent.mark)
  if (own !== undefined) {
    checkSamePost(own.state.intent, intent, draft)
    const post = await whatBecame(service, own, signal)
    if (post !== undefined) return post
  }
  // Another key with the same text in the same place: only a lost answer makes it worth asking.
  for (const lost of all) {
    const { state } = lost
    if (lost === own || state.kind !== 'unresolved') continue
    if (!isSameText(state.intent, service.client.server.base, intent, draft)) continue
    const post = await whatBecame(service, lost, signal)
    if (post === undefined) continue
    remember(service, intent, state.intent, post)
    return post
  }
  return undefined
}

/** Posts what was decided on, by its journal. @throws KosmoError */
export async function postIntent(
  service: MattermostService,
  intent: Intent,
  draft: Draft,
  channelId: string,
  clientName: string,
): Promise<{ post: WirePost; duplicate: boolean }> {
  const { client, journal, clock, intents } = service
  intents.samePlace(draft.place, channelId)
  // Looked at again: while a person decided another call may have posted it.
  const here = { ...draft, place: channelId }
  const earlier = await earlierPost(service, intent, here, new AbortController().signal)
  if (earlier !== undefined) return { post: earlier, duplicate: true }
  const intended: IntendedLine = {
    step: 'intended',
    at: new Date(clock.now()).toISOString(),
    mark: intent.mark,
    server: client.server.base,
    author: draft.authorId,
    channel: channelId,
    ...(draft.rootId !== undefined && { root: draft.rootId }),
    hash: intent.hash,
    characters: Array.from(draft.message).length,
    client: clientName,
    pid: process.pid,
    claim: randomUUID(),
  }
  const file = journal.open(intent.key)
  claimPost(file, intended)
  return {
    post: await postOnce({ client, file, clock }, intended, { ...draft, channelId }),
    duplicate: false,
  }
}

/** A key stands for one post: said twice with another text or place it is a mistake, and the first is no answer. */
function checkSamePost(earlier: IntendedLine, intent: Intent, draft: Draft): void {
  // With somebody to whom there is no direct channel yet, the place cannot be compared.
  const samePlace = draft.place.startsWith('@') || earlier.channel === draft.place
  if (earlier.hash === intent.hash && samePlace && earlier.root === draft.rootId) return
  throw new KosmoError(
    'invalid_input',
    'idempotency_key: this key was used for another text, channel or thread. Use a new one; nothing was posted.',
  )
}

async function whatBecame(
  service: MattermostService,
  { file, state }: { file: JournalFile; state: JournalState },
  signal: AbortSignal,
): Promise<WirePost | undefined> {
  const { client, clock } = service
  if (state.kind === 'posted') return postedBefore(service, state.post, signal)
  if (state.kind !== 'unresolved') return undefined
  const found = await resolvePost({ client, file, clock }, state.intent, state.sending)
  if (found !== undefined && found.delete_at > 0) throw deletedSince(found.id)
  return found
}

/** Writes down that the post of another key is this one's too: it must not be made when the call is repeated. */
function remember(service: MattermostService, intent: Intent, other: IntendedLine, post: WirePost): void {
  const at = new Date(service.clock.now()).toISOString()
  try {
    const file = service.journal.open(intent.key)
    file.write({ ...other, at, mark: intent.mark, pid: process.pid, claim: randomUUID() })
    file.write({ step: 'posted', at, post: post.id, how: 'found' })
  } catch {
    // It is there all the same.
  }
}

function isSameText(earlier: IntendedLine, server: string, intent: Intent, draft: Draft): boolean {
  return (
    earlier.hash === intent.hash &&
    earlier.server === server &&
    earlier.author === draft.authorId &&
    earlier.channel === draft.place &&
    earlier.root === draft.rootId
  )
}

/** What is there now of a post that was made; one that was deleted since is told from the journal. */
async function postedBefore(
  service: MattermostService,
  postId: string,
  signal: AbortSignal,
): Promise<WirePost> {
  try {
    return await getPost(service.client, postId, signal)
  } catch (error) {
    if (!(error instanceof KosmoError) || error.code !== 'not_found') throw error
    throw deletedSince(postId)
  }
}

function deletedSince(postId: string): KosmoError {
  return new KosmoError(
    'refused',
    `This was posted before as ${postId} and has been deleted since; it was not posted again. To post it again, give a new idempotency_key.`,
  )
}
