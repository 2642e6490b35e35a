import { expect } from 'vitest'
import { openJournal } from '../../../electron/broker/journal.ts'
import { Intents } from '../../../electron/integrations/mattermost/posting/intents.ts'
import type { Post } from '../mattermost/records.ts'
import type { Arguments } from './gateway.ts'
import type { PostingWorld } from './posting-world.ts'
import { argumentsOf, callIdOf, type Told } from './run-schedule.ts'
import type { Intent, Schedule } from './schedule.ts'

const MARK = 'kosmokrator_mark'

/** What must hold once everything has settled, whatever went wrong. @throws where it does not */
export function checkPromises(town: PostingWorld, { intents }: Schedule, told: Told[]): void {
  checkOncePerMark(town)
  checkRequests(town)
  checkJournal(town)
  for (const one of told) checkPosted(town, intents, one)
  for (const [index, intent] of intents.entries()) {
    const its = told.filter(one => one.intent === index)
    checkCount(town, intents, index)
    checkErrors(town, intent, index, its)
  }
}

/** Live and deleted rows alike; old versions of edited posts are not posts. */
function posts({ world, dev, ops }: PostingWorld): Post[] {
  return [dev, ops].flatMap(({ id }) => world.posts.inChannel(id)).filter(post => post.originalId === '')
}

function checkOncePerMark(town: PostingWorld): void {
  const marks = posts(town).flatMap(post => post.props[MARK] ?? [])
  expect(marks, 'posts by their marks').toEqual([...new Set(marks)])
}

/** A pending id is sent at most twice, and stands for one mark. */
function checkRequests(town: PostingWorld): void {
  const byPending = Map.groupBy(town.sent(), ({ body }) => body.pending_post_id)
  for (const [pending, requests] of byPending) {
    expect(requests.length, `requests with ${pending}`).toBeLessThanOrEqual(2)
    expect(new Set(requests.map(({ request }) => request.body)).size, 'bodies of one pending id').toBe(1)
  }
}

function checkJournal(town: PostingWorld): void {
  for (const { state } of openJournal(town.folder, town.clock.now).list()) {
    const marked = posts(town).filter(post => post.props[MARK] === state.intent.mark)
    expect(state.kind, 'three minutes later').not.toBe('unresolved')
    if (state.kind === 'posted') expect(posts(town).map(post => post.id)).toContain(state.post)
    else expect(marked, `a post of what is ${state.kind}`).toEqual([])
  }
}

/** Who was told "posted" finds it: this text, in this channel, in this thread. */
function checkPosted(town: PostingWorld, intents: Intent[], { intent: index, answer }: Told): void {
  const intent = intents[index]
  if (answer?.kind !== 'posted' || intent === undefined) return
  const { channel_id, message, root_id = '' } = argumentsOf(town, intent, index)
  const row = posts(town).find(post => post.id === answer.id)
  expect(row, `what was told: ${answer.text}`).toMatchObject({
    userId: town.alice.id,
    channelId: channel_id,
    message,
    rootId: root_id,
  })
}

/** With a key there are never more posts than intents of one text in one place. */
function checkCount(town: PostingWorld, intents: Intent[], index: number): void {
  const args = intents.map((intent, nth) => argumentsOf(town, intent, nth))
  const mine = args[index]
  if (mine === undefined) return
  const alike = intents.filter((_, nth) => isAlike(args[nth], mine))
  if (alike.some(({ source }) => source === 'text')) return
  const rows = rowsOf(town, mine)
  expect(rows.length, `posts of "${mine.message}"`).toBeLessThanOrEqual(alike.length)
}

function isAlike(one: Arguments | undefined, other: Arguments): boolean {
  return (
    one?.channel_id === other.channel_id && one.message === other.message && one.root_id === other.root_id
  )
}

function rowsOf(town: PostingWorld, { channel_id, message, root_id = '' }: Arguments): Post[] {
  return posts(town).filter(
    post => post.channelId === channel_id && post.message === message && post.rootId === root_id,
  )
}

/** Who was told only of failures finds nothing, nor does who is told of one in the end by a call that speaks of it. */
function checkErrors(town: PostingWorld, intent: Intent, index: number, told: Told[]): void {
  if (told.length === 0 || told.some(({ answer }) => answer?.kind === 'posted')) return
  const last = told.at(-1)
  const allKnown = told.every(({ answer }) => isKnownFailure(answer))
  const isLastWord = last?.isClear === true && isRefusal(last.answer)
  if (!allKnown && !isLastWord) return
  const mark = markOf(town, intent, index)
  const rows =
    mark === undefined
      ? intent.text === 'own'
        ? rowsOf(town, argumentsOf(town, intent, index))
        : []
      : posts(town).filter(post => post.props[MARK] === mark)
  const living = rows.filter(post => post.deleteAt === 0)
  expect(living, `after ${told.map(({ answer }) => answer?.text).join('; ')}`).toEqual([])
}

/** What the server said to the post itself; a slow machine adds failures of its own to what is looked up before. */
function isRefusal(answer: Told['answer']): boolean {
  return (
    answer?.kind === 'error' && ['forbidden', 'refused', 'not_found', 'rate_limited'].includes(answer.code)
  )
}

function isKnownFailure(answer: Told['answer']): boolean {
  return answer?.kind === 'error' && answer.code !== 'unknown_outcome'
}

/** The mark that an intent's posts have; none where the text alone makes the intent. */
export function markOf(town: PostingWorld, intent: Intent, index: number): string | undefined {
  if (intent.source === 'text') return undefined
  const { channel_id: place, message, root_id: rootId, idempotency_key } = argumentsOf(town, intent, index)
  const draft = { authorId: town.alice.id, place, rootId, message }
  const source = { argument: idempotency_key, clientCall: callIdOf(intent, index) }
  return new Intents(town.clock.monotonic).of(town.mattermost.url, draft, source).mark
}
