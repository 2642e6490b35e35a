import { type ErrorFacts, KosmoError } from '../../../../shared/errors.ts'
import type { JournalFile } from '../../../../shared/posting/journal.ts'
import type { IntendedLine, JournalLine, SendingLine } from '../../../../shared/posting/journal-entry.ts'
import { startDeadline } from '../../deadline.ts'
import type { WirePost } from '../api/wire.ts'
import { type NewPost, sendPost } from '../api/writes.ts'
import type { MattermostClient } from '../http/client.ts'
import { findPost, type PostTrace } from './find-post.ts'

/** Time as parameters: schedules of faults are run through in tests without waiting for them. */
export type Clock = {
  /** Milliseconds since 1970. */
  now(): number
  /** Milliseconds that only go forward. */
  monotonic(): number
  sleep(milliseconds: number): Promise<void>
}

export type Posting = {
  client: MattermostClient
  file: JournalFile
  clock: Clock
  /** Whether somebody is still there to be told; yes where it is left out. */
  isHeard?: (() => boolean) | undefined
}

/** How long after a lost answer the channel is read: replicas lag, and a handler may still be at work. */
const READ_AFTER_MS = [500, 1_500, 3_000]

/** The server remembers a pending_post_id for 30 s from first sight; we stay well inside. */
const RESEND_WITHIN_MS = 20_000

/** Reads and writes of a post are finished whatever the client does: a write that has left cannot be taken back. */
const NEVER = new AbortController().signal

/**
 * Posts, and knows afterwards whether it was posted.
 *
 * Every step is in the journal before it is taken. After an answer that was lost the channel is read before anything is
 * sent again; it is sent again at most once, with the same pending id, and only while the server would recognise it.
 *
 * @throws KosmoError `unknown_outcome` where it may have been posted; any other code means that it was not
 */
export async function postOnce(posting: Posting, intent: IntendedLine, post: NewPost): Promise<WirePost> {
  const { client, clock } = posting
  const pending = `${post.authorId}:${crypto.randomUUID()}`
  const serverTime = client.serverTime()
  const localTime = clock.now()
  const elapsed = stopwatch(clock)
  let facts: ErrorFacts = {}
  for (let attempt = 1; attempt <= 2; attempt++) {
    if (!begin(posting, { step: 'sending', attempt, pending, serverTime })) break
    const result = await sendPost(client, { ...post, pending, mark: intent.mark }, NEVER)
    if (result.kind === 'posted') {
      note(posting, { step: 'posted', post: result.post.id, how: 'answered' })
      return result.post
    }
    // A refusal of the second try says nothing about the first.
    if (result.kind === 'not-done' && attempt === 1) {
      note(posting, { step: 'not-posted', why: result.error.code })
      throw result.error
    }
    facts = result.error.facts
    note(posting, { step: 'unknown', why: result.error.code })
    const found = await lookFor(posting, { ...intent, serverTime, localTime })
    if (found.kind === 'found') return found.post
    // Nobody answered: the server may still be at work on it, and reading cannot tell what is yet to come.
    const answered = result.error.code !== 'timeout'
    if (found.kind !== 'absent' || !answered || elapsed() >= RESEND_WITHIN_MS) break
  }
  throw unknownOutcome(facts)
}

/** Milliseconds since now. The monotonic clock stands still while a machine sleeps, the other may be set back. */
function stopwatch({ now, monotonic }: Clock): () => number {
  const [wall, steady] = [now(), monotonic()]
  return () => Math.max(now() - wall, monotonic() - steady)
}

/** The clocks must have gone on so far before a post that is not there counts as never posted. */
const SETTLED_AFTER_MS = 120_000

/**
 * Finds out by reading what became of a post whose process ended or gave up before it knew.
 *
 * @throws KosmoError `unknown_outcome` where reading does not tell (yet)
 */
export async function resolvePost(
  posting: Posting,
  intent: IntendedLine,
  sending: SendingLine,
): Promise<WirePost | undefined> {
  const { client } = posting
  const { serverTime, at } = sending
  const found = await findPost(client, { ...intent, serverTime, localTime: Date.parse(at) }, NEVER)
  if (found.kind === 'found') {
    note(posting, { step: 'posted', post: found.post.id, how: 'found' })
    return found.post
  }
  if (found.kind === 'unsure' || !isSettled(posting, sending)) throw unknownOutcome({})
  note(posting, { step: 'not-posted', why: 'two minutes later it was not in the channel' })
  return undefined
}

/** Whether two minutes have passed by the server's clock and by ours: one alone may be an old answer, or set anew. */
function isSettled({ client, clock }: Posting, { at, serverTime }: SendingLine): boolean {
  const serverNow = client.serverTime()
  if (serverNow === undefined || serverTime === undefined) return false
  return serverNow - serverTime > SETTLED_AFTER_MS && clock.now() - Date.parse(at) > SETTLED_AFTER_MS
}

async function lookFor(posting: Posting, trace: PostTrace) {
  let last: 'absent' | 'unsure' = 'unsure'
  for (const wait of READ_AFTER_MS) {
    await posting.clock.sleep(wait)
    const deadline = startDeadline(NEVER, posting.client.lookMs)
    try {
      const found = await findPost(posting.client, trace, deadline.signal)
      if (found.kind === 'found') {
        note(posting, { step: 'posted', post: found.post.id, how: 'found' })
        return found
      }
      last = found.kind
    } catch {
      last = 'unsure'
    } finally {
      deadline.clear()
    }
  }
  return { kind: last }
}

export function unknownOutcome(facts: ErrorFacts): KosmoError {
  return new KosmoError(
    'unknown_outcome',
    'The post may have been posted: the answer was lost, and reading the channel did not tell. Check the channel before repeating it; a repeated call with the same text looks there first.',
    facts,
  )
}

type Step = JournalLine extends infer Line ? (Line extends JournalLine ? Omit<Line, 'at'> : never) : never

/**
 * Before something is sent: a disk that does not take the line stops it. False where it was sent once already, which
 * is then all that can be said. @throws KosmoError where nothing was sent yet
 */
function begin(posting: Posting, step: Omit<SendingLine, 'at'>): boolean {
  try {
    commit(posting, step)
    return true
  } catch (error) {
    if (step.attempt === 1) throw error
    return false
  }
}

function commit({ file, clock }: Posting, step: Step): void {
  file.write({ ...step, at: new Date(clock.now()).toISOString() } as JournalLine)
}

/** After something was sent: what happened has happened. Without the line the next start finds it out by reading. */
function note(posting: Posting, step: Step): void {
  const isUnheard = step.step === 'posted' && posting.isHeard?.() === false
  try {
    commit(posting, isUnheard ? { ...step, heard: false } : step)
  } catch {
    // The file still says that it was sent, and so it will be looked up.
  }
}
