import { KosmoError } from '../../../../shared/errors.ts'
import type { JournalFile } from '../../../../shared/posting/journal.ts'
import type { IntendedLine, JournalState } from '../../../../shared/posting/journal-entry.ts'
import { sha256 } from '../../../sha256.ts'
import { getPost } from '../api/reads.ts'
import type { WirePost } from '../api/wire.ts'
import type { NewPost } from '../api/writes.ts'
import type { MattermostService } from '../service.ts'
import { claimPost } from './claim-post.ts'
import { type Intent, SAME_TEXT_MS } from './intents.ts'
import { postOnce, resolvePost } from './post-once.ts'

/** A post that is to be made; `message` is what a person made of the text where they changed it. */
export type Draft = Omit<NewPost, 'channelId'> & { place: string }

/** Who asks for a post. `isHeard`: whether they are still there to be told what became of it. */
type Caller = { name: string; isHeard?: (() => boolean) | undefined }

/** A post that was made of an intention, with the SHA-256 of the text as it was sent: the server may change it. */
export type MadePost = { post: WirePost; sentHash: string }

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
): Promise<MadePost | undefined> {
  const all = service.journal.list()
  const own = all.find(({ state }) => state.intent.mark === intent.mark)
  if (own !== undefined) {
    checkSamePost(own.state.intent, intent, draft)
    const post = await whatBecame(service, own, signal)
    if (post !== undefined) return { post, sentHash: sentText(own.state.intent).hash }
  }
  // Another key with the same text in the same place: only a lost answer makes it worth asking.
  for (const lost of all) {
    const { state } = lost
    if (lost === own || !isAnswerLost(state, service.clock.now())) continue
    if (!isSameText(state.intent, service.client.server.base, intent, draft)) continue
    const post = await whatBecame(service, lost, signal)
    if (post === undefined) continue
    remember(service, intent, lost, post)
    return { post, sentHash: sentText(state.intent).hash }
  }
  return undefined
}

/** Posts what was decided on, by its journal. @throws KosmoError */
export async function postIntent(
  service: MattermostService,
  intent: Intent,
  draft: Draft,
  channelId: string,
  caller: Caller,
): Promise<MadePost & { duplicate: boolean }> {
  const { client, journal, clock, intents } = service
  intents.samePlace(draft.place, channelId)
  // Looked at again: while a person decided another call may have posted it.
  const here = { ...draft, place: channelId }
  const earlier = await earlierPost(service, intent, here, new AbortController().signal)
  if (earlier !== undefined) return { ...earlier, duplicate: true }
  const sent = { hash: sha256(draft.message), characters: Array.from(draft.message).length }
  const intended: IntendedLine = {
    step: 'intended',
    at: new Date(clock.now()).toISOString(),
    mark: intent.mark,
    server: client.server.base,
    author: draft.authorId,
    channel: channelId,
    ...(draft.rootId !== undefined && { root: draft.rootId }),
    ...textFacts(intent, sent),
    client: caller.name,
    pid: process.pid,
    claim: crypto.randomUUID(),
  }
  const file = journal.open(intent.key)
  claimPost(file, intended)
  const post = await postOnce({ client, file, clock, isHeard: caller.isHeard }, intended, {
    ...draft,
    channelId,
  })
  return { post, sentHash: sent.hash, duplicate: false }
}

type TextFacts = Pick<IntendedLine, 'hash' | 'characters' | 'edited'>

/** What the journal says of an intention's text and of the one that is sent for it. */
function textFacts({ hash, characters }: Intent, sent: { hash: string; characters: number }): TextFacts {
  return { hash, characters, ...(sent.hash !== hash && { edited: sent }) }
}

function sentText({ hash, characters, edited }: IntendedLine): { hash: string; characters: number } {
  return edited ?? { hash, characters }
}

/** A key stands for one post: said twice with another text or place it is a mistake, and the first is no answer. */
function checkSamePost(earlier: IntendedLine, intent: Intent, draft: Draft): void {
  // With somebody to whom there is no direct channel yet, the place cannot be compared.
  const samePlace = draft.place.startsWith('@') || earlier.channel === draft.place
  // Who was told what a person made of the text may repeat that: it is the same post.
  const isSame = earlier.hash === intent.hash || sentText(earlier).hash === intent.hash
  if (isSame && samePlace && earlier.root === draft.rootId) return
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
function remember(
  service: MattermostService,
  intent: Intent,
  { file: lost, state }: { file: JournalFile; state: JournalState },
  post: WirePost,
): void {
  const other = state.intent
  const at = new Date(service.clock.now()).toISOString()
  try {
    const file = service.journal.open(intent.key)
    const { edited: _, ...place } = other
    const text = textFacts(intent, sentText(other))
    file.write({ ...place, ...text, at, mark: intent.mark, pid: process.pid, claim: crypto.randomUUID() })
    file.write({ step: 'posted', at, post: post.id, how: 'found' })
    lost.write({ step: 'posted', at, post: post.id, how: 'found' })
  } catch {
    // It is there all the same.
  }
}

/**
 * Whether nobody knows what became of a post, or somebody asked for it within the last minutes and had gone, such as with
 * a broker that was started anew, before they were told.
 */
function isAnswerLost(state: JournalState, now: number): boolean {
  if (state.kind === 'unresolved') return true
  return (
    state.kind === 'posted' && !state.heard && Math.abs(now - Date.parse(state.intent.at)) <= SAME_TEXT_MS
  )
}

/** The same was asked for, or what a person made of one of them is the same. */
function isSameText(earlier: IntendedLine, server: string, intent: Intent, draft: Draft): boolean {
  const isSame = earlier.hash === intent.hash || sentText(earlier).hash === sha256(draft.message)
  return (
    isSame &&
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
