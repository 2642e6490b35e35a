import { LRUCache } from 'lru-cache'
import { sha256 } from '../../../sha256.ts'
import type { NewPost } from '../api/writes.ts'

/** What tells one intention to post from another. */
export type IntentSource = {
  /** The caller's own `idempotency_key`. */
  argument: string | undefined
  /** The client's id of the call, where it sends one; a repeated call of a client has the same. */
  clientCall: string | undefined
}

export type Intent = {
  key: string
  /** Goes into the post's props; says nothing about the key. */
  mark: string
  /** SHA-256 of the text that was proposed, whatever a person makes of it: by it a repeated call is known. */
  hash: string
  /** Its length in characters. */
  characters: number
}

/** The same text to the same place by the same client within this time is taken for the same post. */
export const SAME_TEXT_MS = 120_000

/**
 * Keys for posts: the caller's, else the client's call id with what it was called with (one script may call several
 * times under one id), else the text and its place for two minutes.
 */
export class Intents {
  readonly #recent: LRUCache<string, string>
  /** Direct channels that were made for a post, with the place that the post was meant for before there was one. */
  readonly #firstPlaces = new LRUCache<string, string>({ max: 1_000 })

  /** @param monotonic milliseconds that only go forward */
  constructor(monotonic: () => number) {
    this.#recent = new LRUCache({ max: 1_000, ttl: SAME_TEXT_MS, perf: { now: monotonic }, ttlResolution: 0 })
  }

  of(server: string, post: Omit<NewPost, 'channelId'> & { place: string }, source: IntentSource): Intent {
    const hash = sha256(post.message)
    const place = this.#firstPlaces.get(post.place) ?? post.place
    const what = JSON.stringify([server, post.authorId, place, post.rootId ?? '', hash])
    const key = this.#key(server, post.authorId, what, source)
    return { key, mark: sha256(key).slice(0, 32), hash, characters: Array.from(post.message).length }
  }

  /** Two names of one place: a call that is repeated finds the direct channel that its first try has made. */
  samePlace(first: string, channel: string): void {
    if (first !== channel) this.#firstPlaces.set(channel, first)
  }

  #key(server: string, author: string, what: string, { argument, clientCall }: IntentSource): string {
    if (argument !== undefined) return JSON.stringify(['argument', server, author, argument])
    if (clientCall !== undefined) return JSON.stringify(['call', clientCall, what])
    const known = this.#recent.get(what)
    if (known !== undefined) return known
    const key = JSON.stringify(['text', crypto.randomUUID(), what])
    this.#recent.set(what, key)
    return key
  }
}
