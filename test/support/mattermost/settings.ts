export type PluginPost = { userId: string; channelId: string; message: string }

export type RateLimit = {
  perSec: number
  burst: number
  varyByUser?: boolean
  /** Default true. */
  varyByRemoteAddr?: boolean
}

export type Settings = {
  /** 6.7.3 is the recorded server; 11.10.0 adds what newer servers do otherwise (reference, section 1). */
  version: '6.7.3' | '11.10.0'
  maxPostSize: number
  /** Largest request body: 6.x answers 400, 11.x 413. */
  maxPayloadBytes: number
  developerMode: boolean
  hardened: boolean
  gzip: boolean
  /** Bodies from this size on are compressed. */
  gzipFromBytes: number
  rateLimit: RateLimit | undefined
  databaseDown: boolean
  /** `users/me/channels` fails in mid-stream, after the first 100 channels. */
  streamFailsAfter100: boolean
  /** Language of error texts when Accept-Language names none that the server has. */
  locale: 'en' | 'de'
  collapsedThreads: 'disabled' | 'default_off' | 'default_on' | 'always_on'
  viewArchived: boolean
  searchEnabled: boolean
  busy: boolean
  /** Off: personal access tokens of people are refused, bots and logins go on. */
  personalTokens: boolean
  /** On: people without MFA get 403 everywhere but on users/me. */
  mfaRequired: boolean
  restrictDirectMessage: 'any' | 'team'
  /** What a plugin says about a post before it is saved: undefined lets it pass. */
  plugin: ((post: PluginPost) => PluginVerdict | undefined) | undefined
  teammateNameDisplay: 'username' | 'nickname_full_name' | 'full_name'
  siteName: string
  /** Empty: the address that the server really has. */
  siteUrl: string
  maxNotificationsPerChannel: number
  /** How long an idle connection stays open. */
  keepAliveMs: number
  /** Off: the check and the setting of a pending_post_id are two steps, as on the real server. */
  atomicPendingCheck: boolean
  /** How far the clock of who writes the Date header (a proxy, say) is ahead of the world's. */
  dateSkewMs: number
}

export type PluginVerdict =
  | { kind: 'reject'; reason: string }
  | { kind: 'dismiss' }
  | { kind: 'change'; message: string }

/** The settings of the recorded server. */
export function defaultSettings(given: Partial<Settings> = {}): Settings {
  return {
    version: '6.7.3',
    maxPostSize: 16_383,
    maxPayloadBytes: given.version === '11.10.0' ? 300_000 : 104_857_600 + 512,
    developerMode: false,
    hardened: false,
    gzip: true,
    gzipFromBytes: 1400,
    rateLimit: undefined,
    databaseDown: false,
    streamFailsAfter100: false,
    locale: 'en',
    collapsedThreads: 'disabled',
    viewArchived: true,
    searchEnabled: true,
    busy: false,
    personalTokens: true,
    mfaRequired: false,
    restrictDirectMessage: 'any',
    plugin: undefined,
    teammateNameDisplay: 'username',
    siteName: 'Mattermost',
    siteUrl: '',
    maxNotificationsPerChannel: 1000,
    keepAliveMs: 60_000,
    atomicPendingCheck: false,
    dateSkewMs: 0,
    ...given,
  }
}
