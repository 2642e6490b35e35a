import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isId, NAME_PATTERN, USERNAME_PATTERN } from '../../../shared/mattermost/ids.ts'
import {
  readChannelReference,
  readPostReference,
  readTeamReference,
} from '../../../shared/mattermost/reference.ts'

const base = 'https://chat.example.test/mm'
const id = 'abcdefghijklmnopqrstuvwx01'
const other = 'zyxwvutsrqponmlkjihgfedc98'

const TRAVERSALS = [
  '..',
  '.',
  '../users/me',
  '../../api/v4/users/me',
  '%2e%2e',
  '%2e%2e%2fusers%2fme',
  'a/../../users/me',
  'a/..',
  '../a',
  './a',
  'x?y=1',
  'x#f',
  '\\..\\users',
  'a%00b',
  'a\u0000b',
  'a;b',
  '٠'.repeat(26),
  'ａ'.repeat(26),
  `${'a'.repeat(25)}/`,
  '@..',
  '@.',
  '@../me',
  '@a/b',
  'team/@..',
  '~..',
  '~../x',
  '#..',
  'a..b',
  'team/a..b',
  `${base}/team/channels/..`,
  `${base}/team/channels/%2e%2e`,
  `${base}/../channels/x`,
  `${base}/team/messages/@..`,
  `${base}/team/channels/a%2fb`,
]

/** Texts that are nearly references: pieces of paths, links and names. */
const nearly = fc
  .array(
    fc.constantFrom(
      ...['~', '@', '/', '.', '..', '%2e', '%2f', '\\', '?', '#', ' ', '\u0000', 'ä', 'ａ', '٣', '\u202e'],
      ...[
        'town',
        'square',
        id,
        other,
        base,
        'https://',
        'http://',
        'channels',
        'messages',
        'pl',
        '_redirect',
        ':',
      ],
    ),
    { maxLength: 8 },
  )
  .map(pieces => pieces.join(''))
const anything = fc.oneof(
  nearly,
  nearly,
  fc.string({ unit: 'binary' }),
  fc.webUrl().map(url => url),
)

/** Letters and digits of any script and what display names have; nothing that means anything in a URL's path. */
const HARMLESS = /^[^/\\?#%\p{Cc}\p{Cf}\p{Cs}\p{Co}]*$/u

function checkValues(reference: object): void {
  const { kind, ...values } = reference as { kind: string } & Record<string, string>
  if (kind === 'unreadable') {
    expect(values.why?.length).toBeLessThan(300)
    expect(values.why).not.toMatch(/[\p{Cc}\u202e]/u)
    return
  }
  if (values.id !== undefined) expect(isId(values.id)).toBe(true)
  if (values.username !== undefined) {
    expect(values.username).toMatch(USERNAME_PATTERN)
    expect(values.username).not.toMatch(/^\.+$|[A-Z]/)
  }
  if (values.team !== undefined) {
    expect(values.team).toMatch(NAME_PATTERN)
    expect(values.name).toMatch(NAME_PATTERN)
  }
  if (values.name !== undefined) {
    expect(values.name).toMatch(HARMLESS)
    expect(values.name).toMatch(/[\p{L}\p{N}]/u)
    expect(values.name).not.toContain('..')
  }
}

describe('no reference has a value outside its pattern', () => {
  it('whatever was given', () => {
    fc.assert(
      fc.property(anything, text => {
        checkValues(readChannelReference(text, base))
        checkValues(readPostReference(text, base))
        checkValues(readTeamReference(text))
      }),
      { numRuns: 2_000 },
    )
  })

  it.each(TRAVERSALS)('and %j is none of a channel', text => {
    expect(readChannelReference(text, base).kind).toBe('unreadable')
  })

  it.each(TRAVERSALS)('and %j is none of a post', text => {
    expect(readPostReference(text, base).kind).toBe('unreadable')
  })

  it.each(TRAVERSALS.filter(text => !text.startsWith('@')))('and %j is none of a team', text => {
    expect(readTeamReference(text).kind).toBe('unreadable')
  })
})

describe('readChannelReference', () => {
  it.each([
    [id, { kind: 'id', id }],
    [` ${id}\n`, { kind: 'id', id }],
    ['~town-square', { kind: 'name', name: 'town-square' }],
    ['town-square', { kind: 'name', name: 'town-square' }],
    ['#town-square', { kind: 'name', name: 'town-square' }],
    ['Town Square', { kind: 'name', name: 'Town Square' }],
    ['Größe & Co. 🚀', { kind: 'name', name: 'Größe & Co. 🚀' }],
    // Kept for an emoji that is still to come.
    ['Plan \u{1fbf1}', { kind: 'name', name: 'Plan \u{1fbf1}' }],
    [`~${'a'.repeat(26)}`, { kind: 'name', name: 'a'.repeat(26) }],
    ['eng/town-square', { kind: 'name', name: 'town-square', team: 'eng' }],
    ['Eng/~dev', { kind: 'name', name: 'dev', team: 'eng' }],
    ['eng/@Alice', { kind: 'person', username: 'alice' }],
    ['@Alice', { kind: 'person', username: 'alice' }],
    [`${base}/eng/channels/dev`, { kind: 'name', name: 'dev', team: 'eng' }],
    [`${base}/eng/channels/dev?x=1#y`, { kind: 'name', name: 'dev', team: 'eng' }],
    [`${base}/eng/channels/dev/${id}`, { kind: 'post', id }],
    [`${base}/eng/messages/@alice`, { kind: 'person', username: 'alice' }],
    [`${base}/eng/pl/${id}`, { kind: 'post', id }],
    [`${base}/_redirect/pl/${id}`, { kind: 'post', id }],
    [`HTTPS://CHAT.example.test/mm/eng/pl/${id}`, { kind: 'post', id }],
  ])('reads %j', (text, expected) => {
    expect(readChannelReference(text, base)).toEqual(expected)
  })

  it.each([
    [`https://other.example.test/mm/eng/pl/${id}`, /not to this server/],
    [`https://chat.example.test/eng/pl/${id}`, /not to this server/],
    [`https://chat.example.test/mmx/eng/pl/${id}`, /not to this server/],
    [`https://chat.example.test:8443/mm/eng/pl/${id}`, /not to this server/],
    [`https://chat.example.test@evil.test/mm/eng/pl/${id}`, /not to this server/],
    [`${base}/eng/threads/${id}`, /not to a channel or post/],
    [`${base}/eng/pl/short`, /not to a channel or post/],
    ['https://', /not a link/],
    ['a'.repeat(25), /26 lower-case.*write ~ before it/],
    ['', /not understood/],
    ['a/b/c', /not understood/],
    ['@', /user name/],
  ])('does not read %j, and says why', (text, why) => {
    expect(readChannelReference(text, base)).toEqual({ kind: 'unreadable', why: expect.stringMatching(why) })
  })
})

describe('readPostReference', () => {
  it.each([id, `${base}/eng/pl/${id}`, `${base}/_redirect/pl/${id}`, `${base}/eng/channels/dev/${id}`])(
    'reads %j',
    text => {
      expect(readPostReference(text, base)).toEqual({ kind: 'post', id })
    },
  )

  it.each(['dev', `${base}/eng/channels/dev`, 'A'.repeat(26)])('does not read %j', text => {
    expect(readPostReference(text, base).kind).toBe('unreadable')
  })
})

describe('readTeamReference', () => {
  it('reads ids, names and display names', () => {
    expect(readTeamReference(id)).toEqual({ kind: 'id', id })
    expect(readTeamReference('Engineering (EU)')).toEqual({ kind: 'name', name: 'Engineering (EU)' })
    expect(readTeamReference('a'.repeat(27)).kind).toBe('unreadable')
  })
})
