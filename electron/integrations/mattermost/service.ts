import { KosmoError } from '../../../shared/errors.ts'
import { readScope, type Scope } from '../../../shared/mattermost/scope.ts'
import { isLoopback, readServerUrl, type ServerUrl } from '../../../shared/mattermost/server-url.ts'
import type { Journal } from '../../../shared/posting/journal.ts'
import type { Environment } from '../integration.ts'
import { secureContext } from './http/authorities.ts'
import { MattermostClient } from './http/client.ts'
import { Exchanger } from './http/exchange.ts'
import { proxyBefore } from './http/proxy.ts'
import { Known } from './known.ts'
import { Intents } from './posting/intents.ts'
import { PlaceQueue } from './posting/place-queue.ts'
import type { Clock } from './posting/post-once.ts'
import { ScopeGuard } from './scope/scope-guard.ts'

/** One account of one Mattermost server, with what is remembered between calls. */
export type MattermostService = {
  client: MattermostClient
  known: Known
  intents: Intents
  journal: Journal
  clock: Clock
  /** Posts to one place go one after the other, in the order of their calls. */
  queue: PlaceQueue
  /** Where the account is limited to some teams and channels. */
  guard: ScopeGuard | undefined
}

/**
 * Tokens are 26-character ids; session and OAuth tokens may be longer. Printable ASCII without quotes, which are left
 * over from copying; Node's own message would quote a bad one.
 */
const TOKEN = /^[!#-&(-_a-~]{1,512}$/

/** Opens the service for an account; sends nothing. @throws KosmoError naming the field that is wrong */
export function connectMattermost(
  credentials: Record<string, string | undefined>,
  environment: Environment,
): MattermostService {
  const url = credentials.url ?? ''
  const token = (credentials.access_token ?? '').trim().replace(/^Bearer\s+/i, '')
  const read = readServerUrl(url)
  if (read.kind === 'refused') {
    throw new KosmoError('not_configured', `The Mattermost server URL cannot be used: ${read.why}.`)
  }
  if (!TOKEN.test(token)) {
    throw new KosmoError(
      'not_configured',
      'The Mattermost access token has characters that no token has (spaces, quotes or line breaks?). Copy it again.',
    )
  }
  return serviceOf(read.server, token, environment, undefined, scopeOf(credentials.scope))
}

/** A service for a server and a token that are good; `exchanger` in the place of the network. */
export function serviceOf(
  server: ServerUrl,
  token: string,
  environment: Environment,
  exchanger?: Exchanger,
  scope?: Scope,
): MattermostService {
  const { journal, now, monotonic, sleep, variables, random } = environment
  // What is on this machine is never reached through a proxy: it would get the token, readable.
  const proxy =
    server.base.startsWith('https:') && !isLoopback(server.base)
      ? proxyBefore(server.base, variables)
      : undefined
  const client = new MattermostClient({
    server,
    token,
    exchanger: exchanger ?? exchangerFor(server, variables, proxy),
    behindProxy: proxy !== undefined,
    random,
  })
  return {
    client,
    known: new Known(client),
    guard: scope && new ScopeGuard(scope, client),
    intents: new Intents(monotonic),
    journal,
    clock: { now, monotonic, sleep },
    queue: new PlaceQueue(),
  }
}

function exchangerFor(
  { base }: ServerUrl,
  variables: Environment['variables'],
  proxy: URL | undefined,
): Exchanger {
  const context = base.startsWith('https:') ? secureContext(variables) : undefined
  return new Exchanger({ context, proxy })
}

/** The limits of the account; none where none are set. One that is not understood lets nothing through. */
function scopeOf(text: string | undefined): Scope | undefined {
  if (text === undefined || text.trim() === '') return undefined
  const read = readScope(text)
  if (read.kind === 'scope') return read.scope
  throw new KosmoError(
    'not_configured',
    `The limits of this account (MATTERMOST_SCOPE) cannot be read: ${read.why}.`,
  )
}
