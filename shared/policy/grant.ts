import * as z from 'zod'

/*
 * A remembered approval. It covers what the person saw and nothing that differs in any way: another client, folder,
 * account, server or channel is another question.
 */

const word = z.string().min(1)
const time = z.int().nonnegative()
const absent = z.never().optional()

const target = {
  id: word,
  client: word,
  workspace: word,
  /** Alias of the account. */
  account: word,
  server: word,
  channel: z.discriminatedUnion('kind', [
    /** The id decides; the name is what the person was shown. */
    z.strictObject({ kind: z.literal('channel'), id: word, name: z.string() }),
    /** Every channel of the account that is there already. */
    z.strictObject({ kind: z.literal('all') }),
  ]),
  createdAt: time,
  lastUsedAt: time.optional(),
  uses: z.int().nonnegative(),
}

const sessionGrant = z.strictObject({
  ...target,
  span: z.literal('session'),
  session: word,
  expiresAt: absent,
})
const timedGrant = z.strictObject({
  ...target,
  span: z.enum(['1h', '8h']),
  session: absent,
  expiresAt: time,
})
const lastingGrant = z.strictObject({
  ...target,
  span: z.literal('always'),
  session: absent,
  expiresAt: absent,
})

export const grantSchema = z.discriminatedUnion('span', [sessionGrant, timedGrant, lastingGrant])

/** Those that are kept on disk: a session's end with it, and at the latest with the process that knows of it. */
export const storedGrantSchema = z.discriminatedUnion('span', [timedGrant, lastingGrant])

export type Grant = z.infer<typeof grantSchema>
export type StoredGrant = z.infer<typeof storedGrantSchema>
export type GrantSpan = Grant['span']
export type GrantReach = Grant['channel']['kind']

/** A write as far as grants tell writes apart. */
export type GrantableWrite = {
  client: string
  workspace: string
  /** Alias of the account. */
  account: string
  server: string
  /** Id of the channel; `@` and the id of a person with whom there is no direct channel yet. */
  channel: string
  session: string
  /** `channel`, `all`, `here`: everybody is notified. */
  wideMentions: readonly string[]
}

export type MadeGrant = { kind: 'grant'; grant: Grant } | { kind: 'none'; why: string }

const HOUR_MS = 3_600_000
const SPAN_MS = { '1h': HOUR_MS, '8h': 8 * HOUR_MS }

/**
 * What a person may be offered to remember beyond this one write: nothing where everybody is notified, since that
 * asks every time, or where the caller has no name to remember it by, and nothing for a direct message to somebody
 * without a channel yet. That one has no id to bind to until the message is out (a grant for `@person` would cover
 * nothing from then on), and whom to write to for the first time is what a person wants to say each time.
 */
export function grantReaches(write: GrantableWrite): GrantReach[] {
  return whyNotRemembered(write) === undefined ? ['channel', 'all'] : []
}

/** The grant that a person's answer to a shown write makes; none for `once`, or where nothing can be remembered. */
export function makeGrant(
  write: GrantableWrite & { channelName: string },
  choice: { span: GrantSpan | 'once'; reach: GrantReach },
  id: string,
  now: number,
): MadeGrant {
  const { span, reach } = choice
  if (span === 'once') return { kind: 'none', why: 'It was approved once.' }
  const why = whyNotRemembered(write)
  if (why !== undefined) return { kind: 'none', why }
  const { client, workspace, account, server, session } = write
  const channel =
    reach === 'all'
      ? { kind: 'all' as const }
      : { kind: 'channel' as const, id: write.channel, name: write.channelName }
  const createdAt = Math.floor(now)
  const common = { id, client, workspace, account, server, channel, createdAt, uses: 0 }
  switch (span) {
    case 'session':
      return { kind: 'grant', grant: { ...common, span, session } }
    case 'always':
      return { kind: 'grant', grant: { ...common, span } }
    default:
      return { kind: 'grant', grant: { ...common, span, expiresAt: createdAt + SPAN_MS[span] } }
  }
}

/** Whether a grant lets a write through without a question at `now`, in milliseconds. */
export function grantCovers(grant: Grant, write: GrantableWrite, now: number): boolean {
  return (
    whyNotRemembered(write) === undefined &&
    isInForce(grant, now) &&
    (grant.span !== 'session' || grant.session === write.session) &&
    grant.client === write.client &&
    grant.workspace === write.workspace &&
    grant.account === write.account &&
    grant.server === write.server &&
    (grant.channel.kind === 'all' || grant.channel.id === write.channel)
  )
}

/** Whether a grant is over for good at `now`, in milliseconds. */
export function isExpired(grant: Grant, now: number): boolean {
  // Written so that a time which is no number counts as over.
  return grant.expiresAt !== undefined && !(now < grant.expiresAt)
}

/** The grant after one more write went through by it. */
export function withUse<G extends Grant>(grant: G, now: number): G {
  return { ...grant, lastUsedAt: Math.floor(now), uses: grant.uses + 1 }
}

/** A clock that was set back does not lengthen a grant: before its own beginning it holds nothing. */
function isInForce(grant: Grant, now: number): boolean {
  return !isExpired(grant, now) && (grant.expiresAt === undefined || now >= grant.createdAt)
}

/** Why a write can only be approved once, as a sentence; undefined where it can be remembered. */
export function whyNotRemembered(write: GrantableWrite): string | undefined {
  const { client, workspace, account, server, channel, session } = write
  if (write.wideMentions.length > 0) return 'What notifies everybody is asked about every time.'
  if (channel.startsWith('@')) {
    return 'The direct channel does not exist yet; once this message is out, the next one can be remembered.'
  }
  if ([client, workspace, account, server, channel, session].includes('')) {
    return 'The client, its folder or the channel has no name to remember it by.'
  }
  return undefined
}
