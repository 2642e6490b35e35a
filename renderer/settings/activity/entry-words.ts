import { assertNever } from '../../../shared/assert-never.ts'
import type { AuditEntry } from '../../../shared/audit/entry.ts'
import { clientLabel } from '../../../shared/desktop/labels.ts'
import { POLICY_NAMES } from '../../../shared/desktop/policy-names.ts'
import { parseWritePolicy } from '../../../shared/policy/write-policy.ts'

export type Tone = 'ok' | 'ask' | 'warn' | 'plain'

/** An entry of the audit in a person's words. Everything but `word` comes from outside and is shown as such. */
export type EntryWords = {
  tone: Tone
  /** What came of it, e.g. `posted`. */
  word: string
  /** Whose doing it was; the person themselves where no client is named. */
  who: string
  /** To a place, from a place, or what was done in words. */
  way: { kind: 'to' } | { kind: 'from' } | { kind: 'did'; words: string }
  /** Where, or what it was about; may be empty. */
  what: string
}

type Said = { word: string; tone: Tone }

/** How a call or a decision ended, by the word that stands in the audit. */
const ENDS = new Map<string, Said>(
  Object.entries({
    approved: { word: 'approved', tone: 'ok' },
    'approved-edited': { word: 'edited', tone: 'ok' },
    released: { word: 'let go', tone: 'ok' },
    denied: { word: 'denied', tone: 'warn' },
    expired: { word: 'no answer', tone: 'warn' },
    cancelled: { word: 'withdrawn', tone: 'plain' },
    unreachable: { word: 'nobody to ask', tone: 'warn' },
    blocked: { word: 'refused', tone: 'warn' },
    not_released: { word: 'held back', tone: 'warn' },
    pending_approval: { word: 'waits for you', tone: 'ask' },
    unknown_outcome: { word: 'unclear', tone: 'warn' },
    duplicate: { word: 'posted before', tone: 'plain' },
  } as const),
)

/** Functions that change something are named for it. */
const WRITES = /(^|_)(create|update|edit|delete|add|remove|send|post|set)_/

/** @param places names of places by the ids of their channels, from `placesIn` */
export function entryWords(entry: AuditEntry, places: ReadonlyMap<string, string>): EntryWords {
  switch (entry.kind) {
    case 'call':
      return callWords(entry, places)
    case 'decision': {
      const end = ENDS.get(entry.decision ?? '') ?? {
        word: entry.decision ?? 'decided',
        tone: 'plain' as const,
      }
      return { ...end, who: clientOf(entry), way: { kind: 'to' }, what: placeOf(entry, places) }
    }
    case 'change':
      return { word: 'changed', tone: 'plain', who: byWhom(entry.by), ...changeOf(entry) }
    default:
      return assertNever(entry.kind)
  }
}

/** The names that people were shown for channels, by the channels' ids, as far as these entries tell. */
export function placesIn(entries: readonly AuditEntry[]): Map<string, string> {
  const places = new Map<string, string>()
  for (const { kind, target = '' } of entries) {
    const [, place, id] = /^(\S.*?) \S+ ([a-z0-9]{26})( thread [a-z0-9]{26})?$/.exec(target) ?? []
    if (kind === 'decision' && place !== undefined && id !== undefined) places.set(id, place)
  }
  return places
}

function callWords(entry: AuditEntry, places: ReadonlyMap<string, string>): EntryWords {
  const isWrite = WRITES.test(entry.function ?? '')
  const { outcome = '' } = entry
  const done: Said = isWrite ? { word: 'posted', tone: 'ok' } : { word: 'read', tone: 'plain' }
  const end = outcome === 'ok' ? done : (ENDS.get(outcome) ?? { word: 'failed', tone: 'warn' as const })
  return {
    ...end,
    who: clientOf(entry),
    way: { kind: isWrite ? 'to' : 'from' },
    what: placeOf(entry, places),
  }
}

function clientOf({ client }: AuditEntry): string {
  return client === undefined ? 'A client' : clientLabel(client)
}

/** `person (tray)` is whoever reads this; `terminal` alone was a program that nobody sat at. */
function byWhom(by: string | undefined): string {
  if (by === undefined || by.startsWith('person')) return 'You'
  return `A program (${by})`
}

/** The name of the place where one is known, else what was named, else the function. */
function placeOf(entry: AuditEntry, places: ReadonlyMap<string, string>): string {
  const { target, function: name = 'a call' } = entry
  if (target === undefined) return functionLabel(name)
  const id = /\b[a-z0-9]{26}\b/.exec(target)?.[0]
  const known = id === undefined ? undefined : places.get(id)
  if (known !== undefined) return known
  if (entry.kind === 'decision') return target
  // `channel_id=~town-square limit=30`: what was named is enough on one line, the detail has all of it.
  return /^[a-z_]+_id=(\S+)/.exec(target)?.[1] ?? target
}

/** What was called, for people: `mattermost_list_posts` as `list posts`. */
export function functionLabel(name: string): string {
  return name.replace(/^mattermost_/, '').replaceAll('_', ' ')
}

function changeOf({ decision = '', target = '', client }: AuditEntry): Pick<EntryWords, 'way' | 'what'> {
  const [subject = '', value = ''] = decision.split(' ')
  const written = parseWritePolicy(value)
  const policy = written === undefined ? undefined : POLICY_NAMES[written]
  const did = (words: string, what: string) => ({ way: { kind: 'did' as const, words }, what })
  if (subject === 'ceiling' && policy !== undefined) return did('set the switch to', policy)
  if (subject === 'override' && value === 'none') return did('took back the policy of', target)
  if (subject === 'override' && policy !== undefined) return did(`chose ${policy} for`, target)
  if (subject === 'grant' && value === 'revoked') return did('revoked what was remembered:', target)
  if (subject === 'grant')
    return did('remembered an approval of', client === undefined ? '' : clientLabel(client))
  if (decision === 'account saved') return did('saved the account', target)
  if (decision === 'account removed') return did('removed the account', target)
  return did('changed', [target, decision].filter(part => part !== '').join(': '))
}
