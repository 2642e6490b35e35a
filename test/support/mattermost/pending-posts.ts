// As in the server: 30 seconds from the last write of the key, in the memory of one process.
const LIFETIME_MS = 30_000

export type PendingPost = { kind: 'unseen' } | { kind: 'running' } | { kind: 'saved'; postId: string }

/** The cache of seen pending_post_ids: one for everybody, whatever person, channel or text. */
export class PendingPosts {
  readonly #entries = new Map<string, { postId: string; until: number }>()
  readonly #now: () => number

  constructor(now: () => number) {
    this.#now = now
  }

  look(key: string): PendingPost {
    const entry = this.#entries.get(key)
    if (entry === undefined || entry.until <= this.#now()) return { kind: 'unseen' }
    return entry.postId === '' ? { kind: 'running' } : { kind: 'saved', postId: entry.postId }
  }

  begin(key: string): void {
    this.#entries.set(key, { postId: '', until: this.#now() + LIFETIME_MS })
  }

  /** A duplicate does not come here, so it does not renew the 30 seconds. */
  finish(key: string, postId: string): void {
    this.#entries.set(key, { postId, until: this.#now() + LIFETIME_MS })
  }

  /** After any error: "allowing a proper retry", says the server's source. */
  drop(key: string): void {
    this.#entries.delete(key)
  }
}
