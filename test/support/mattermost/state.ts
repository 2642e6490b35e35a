import type { FaultLayer } from './faults.ts'
import type { PendingPosts } from './pending-posts.ts'
import type { RateLimiter } from './rate-limit.ts'
import type { Settings } from './settings.ts'
import type { World } from './world.ts'

/** One running server: what survives a restart (world, settings) and what does not (caches). */
export type State = {
  world: World
  settings: Settings
  faults: FaultLayer
  /** With a leading slash and without a trailing one, or empty. */
  subpath: string
  url: string
  newRequestId: () => string
  caches: Caches
}

export type Caches = {
  pending: PendingPosts
  limiter: RateLimiter
  /** Tokens whose session the server remembers: they go on while the database is down. */
  sessions: Set<string>
  /** People whom the server has looked up: `users/ids` gives them first. */
  profiles: Set<string>
  /** Channel id to the time that stands in the ETag of a channel without posts. */
  emptyChannelTimes: Map<string, number>
}
