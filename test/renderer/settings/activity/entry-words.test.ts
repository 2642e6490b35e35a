import { describe, expect, it } from 'vitest'
import { detailsOf } from '../../../../renderer/settings/activity/entry-details.ts'
import { EVERYTHING, filterOf, isNarrowed } from '../../../../renderer/settings/activity/entry-filter.ts'
import { entryWords, functionLabel, placesIn } from '../../../../renderer/settings/activity/entry-words.ts'
import { recent } from '../../../../renderer/settings/activity/recent.ts'
import { SEEN_NOTHING, seenMore } from '../../../../renderer/settings/activity/seen-values.ts'
import { CODEX_CHANNEL, ENTRIES, entry } from '../../../support/renderer/example-entries.ts'

const NO_PLACES = new Map<string, string>()
const POST = { kind: 'call', client: 'codex-mcp-client', function: 'mattermost_create_post' } as const

describe('an entry in words', () => {
  it.each([
    ['ok', 'posted', 'ok'],
    ['duplicate', 'posted before', 'plain'],
    ['denied', 'denied', 'warn'],
    ['expired', 'no answer', 'warn'],
    ['cancelled', 'withdrawn', 'plain'],
    ['unreachable', 'nobody to ask', 'warn'],
    ['blocked', 'refused', 'warn'],
    ['not_released', 'held back', 'warn'],
    ['pending_approval', 'waits for you', 'ask'],
    ['unknown_outcome', 'unclear', 'warn'],
    ['rate_limited', 'failed', 'warn'],
    // No word of a log is a property of an object.
    ['constructor', 'failed', 'warn'],
  ])('a post that ended %s is %s', (outcome, word, tone) => {
    expect(entryWords(entry(1, { ...POST, outcome }), NO_PLACES)).toMatchObject({
      word,
      tone,
      who: 'Codex',
      way: { kind: 'to' },
    })
  })

  it('names a channel as the person was shown it, never another one', () => {
    const places = placesIn(ENTRIES)
    expect(places).toEqual(new Map([[CODEX_CHANNEL, '~release-train']]))
    const by = (target: string) => entryWords(entry(1, { ...POST, target }), places).what
    expect(by(`channel_id=${CODEX_CHANNEL} root_id=${'f'.repeat(26)}`)).toBe('~release-train')
    expect(by(`channel_id=${'f'.repeat(26)}`)).toBe('f'.repeat(26))
    expect(by('channel_id=~general')).toBe('~general')
  })

  it('takes no name for a channel from what agents wrote', () => {
    const target = `~trusted https://chat.acme.dev ${CODEX_CHANNEL}`
    expect(placesIn([entry(1, { ...POST, target })])).toEqual(NO_PLACES)
    expect(
      placesIn([entry(1, { kind: 'decision', target: `https://chat.acme.dev ${CODEX_CHANNEL}` })]),
    ).toEqual(NO_PLACES)
  })

  it.each([
    ['ceiling deny', 'all clients', 'set the switch to', 'Read-only'],
    ['override allow', 'codex in /x', 'chose Allow for', 'codex in /x'],
    ['override none', 'codex in /x', 'took back the policy of', 'codex in /x'],
    ['grant revoked', 'g_1', 'revoked what was remembered:', 'g_1'],
    ['account saved', 'mattermost/work', 'saved the account', 'mattermost/work'],
    ['account removed', 'mattermost/work', 'removed the account', 'mattermost/work'],
    ['disabled, read deny, write ask', 'mattermost', 'changed', 'mattermost: disabled, read deny, write ask'],
    ['wait 90, texts kept', 'preferences', 'changed', 'preferences: wait 90, texts kept'],
    ['something new', '', 'changed', 'something new'],
  ])('a change: %s', (decision, target, words, what) => {
    const changed = entry(1, { kind: 'change', decision, target, by: 'person (settings-window)' })
    expect(entryWords(changed, NO_PLACES)).toMatchObject({ who: 'You', way: { kind: 'did', words }, what })
  })

  it('says where a program changed something, not the person', () => {
    const changed = entry(1, {
      kind: 'change',
      decision: 'ceiling deny',
      target: 'all clients',
      by: 'terminal',
    })
    expect(entryWords(changed, NO_PLACES).who).toBe('A program (terminal)')
  })

  it('tells reads by their function', () => {
    const read = entry(1, { kind: 'call', function: 'mattermost_list_teams', outcome: 'ok' })
    expect(entryWords(read, NO_PLACES)).toMatchObject({ word: 'read', who: 'A client', what: 'list teams' })
    expect(functionLabel('mattermost_get_current_user')).toBe('get current user')
  })

  it('leaves out of its details what it does not say', () => {
    const labels = detailsOf(entry(1, { kind: 'change', decision: 'ceiling ask' })).map(({ label }) => label)
    expect(labels).toEqual(['When', 'What', 'Decision', 'Seal', 'Seal before'])
  })
})

describe('what is listed', () => {
  it('is asked for by the words of the audit, a period counted back from now', () => {
    expect(filterOf(EVERYTHING, 1_000)).toEqual({})
    const choice = {
      client: 'c',
      account: 'a',
      function: 'f',
      result: 'blocked',
      period: 'hour',
    } as const
    expect(filterOf(choice, 10_000_000)).toEqual({
      client: 'c',
      account: 'a',
      function: 'f',
      decision: 'blocked',
      since: 6_400_000,
    })
    expect(filterOf({ ...EVERYTHING, result: 'constructor' }, 0)).toEqual({})
    expect(isNarrowed(EVERYTHING)).toBe(false)
    expect(isNarrowed({ ...EVERYTHING, period: 'week' })).toBe(true)
  })

  it('tells a post once on the overview', () => {
    expect(recent(ENTRIES).map(({ kind }) => kind)).toEqual(['call', 'call', 'call', 'change'])
  })

  it('can be chosen from what was seen, and is the same value while nothing new is', () => {
    const seen = seenMore(SEEN_NOTHING, ENTRIES)
    expect(seen.client).toEqual(['claude-code', 'codex-mcp-client'])
    expect(seenMore(seen, ENTRIES)).toBe(seen)
    const many = Array.from({ length: 500 }, (_, index) => entry(1, { kind: 'call', client: `c${index}` }))
    expect(seenMore(seen, many).client).toHaveLength(200)
  })
})
