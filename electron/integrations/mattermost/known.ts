import { LRUCache } from 'lru-cache'
import { type ClientConfig, getChannel, getConfig, getMe, getMyChannels, getMyTeams } from './api/reads.ts'
import type { WireChannel, WireTeam, WireUser } from './api/wire.ts'
import type { MattermostClient } from './http/client.ts'

/** Names of channels and teams may be this old, in milliseconds. */
const NAMES_MS = 60_000
/** Who people are and how the server is set up changes more rarely. */
const PEOPLE_MS = 300_000

/**
 * What one account has seen of its server, for a while. Only names and settings, for telling and finding things:
 * whoever decides where a post goes asks the server anew.
 */
export class Known {
  readonly people = new LRUCache<string, WireUser>({ max: 5_000, ttl: PEOPLE_MS })
  readonly #channels = new LRUCache<string, WireChannel>({ max: 1_000, ttl: NAMES_MS })
  readonly #myChannels = new LRUCache<'mine', WireChannel[]>({ max: 1, ttl: NAMES_MS })
  readonly #teams = new LRUCache<'mine', WireTeam[]>({ max: 1, ttl: NAMES_MS })
  readonly #me = new LRUCache<'me', WireUser>({ max: 1, ttl: PEOPLE_MS })
  readonly #config = new LRUCache<'config', ClientConfig>({ max: 1, ttl: PEOPLE_MS })
  readonly #client: MattermostClient

  constructor(client: MattermostClient) {
    this.#client = client
  }

  me(signal: AbortSignal): Promise<WireUser> {
    return remembered(this.#me, 'me', () => getMe(this.#client, signal))
  }

  config(signal: AbortSignal): Promise<ClientConfig> {
    return remembered(this.#config, 'config', () => getConfig(this.#client, signal))
  }

  teams(signal: AbortSignal): Promise<WireTeam[]> {
    return remembered(this.#teams, 'mine', () => getMyTeams(this.#client, signal))
  }

  /** The account's teams as they are now. */
  async freshTeams(signal: AbortSignal): Promise<WireTeam[]> {
    this.#teams.delete('mine')
    return this.teams(signal)
  }

  channel(id: string, signal: AbortSignal): Promise<WireChannel> {
    return remembered(this.#channels, id, () => getChannel(this.#client, id, signal))
  }

  myChannels(signal: AbortSignal): Promise<WireChannel[]> {
    return remembered(this.#myChannels, 'mine', () => getMyChannels(this.#client, signal))
  }

  /** The account's channels as they are now; what was remembered of them is replaced. */
  async freshChannels(signal: AbortSignal): Promise<WireChannel[]> {
    this.#myChannels.delete('mine')
    return this.myChannels(signal)
  }
}

async function remembered<Key extends string, Value extends object>(
  cache: LRUCache<Key, Value>,
  key: Key,
  ask: () => Promise<Value>,
): Promise<Value> {
  const known = cache.get(key)
  if (known !== undefined) return known
  const value = await ask()
  cache.set(key, value)
  return value
}
