import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  isInScope,
  isTeamInScope,
  readScope,
  type Scope,
  type ScopedChannel,
} from '../../../shared/mattermost/scope.ts'

const id = (letter: string) => letter.repeat(26)

function scopeOf(text: string): Scope {
  const read = readScope(text)
  if (read.kind === 'refused') throw new Error(read.why)
  return read.scope
}

function teamChannel(path: string): ScopedChannel {
  const [teamName = '', name = ''] = path.split('/')
  return { kind: 'team', id: id('c'), name, teamId: id('t'), teamName }
}
const direct = (person: string): ScopedChannel => ({ kind: 'direct', id: id('d'), person })
const group: ScopedChannel = { kind: 'group', id: id('g') }

/** The rules once more, as plainly as they can be said. */
function naive(words: string[], channel: ScopedChannel): boolean {
  return words.some(word => {
    if (word === channel.id || (channel.kind === 'team' && word === channel.teamId)) return true
    if (/^[a-z0-9]{26}$/.test(word)) return false
    if (channel.kind === 'group') return word === '@*'
    if (channel.kind === 'direct')
      return word.startsWith('@') && channel.person !== '' && like(word.slice(1), channel.person)
    const [team = '', name = '*'] = word.split('/')
    return !word.startsWith('@') && like(team, channel.teamName) && like(name, channel.name)
  })
}

function like(pattern: string, name: string): boolean {
  if (pattern === '') return name === ''
  if (!pattern.startsWith('*')) return pattern[0] === name[0] && like(pattern.slice(1), name.slice(1))
  return like(pattern.slice(1), name) || (name !== '' && like(pattern, name.slice(1)))
}

// Few letters, so that patterns and names often meet.
const letters = (units: string, maxLength: number, minLength = 1) =>
  fc.array(fc.constantFrom(...units), { minLength, maxLength }).map(parts => parts.join(''))
const nameArb = letters('ab.-', 6)
const patternArb = letters('ab.-*', 6)
const idArb = fc.constantFrom(...[...'cdtgx'].map(id))
const wordArb = fc.oneof(
  patternArb,
  fc.tuple(patternArb, patternArb).map(([team, name]) => `${team}/${name}`),
  patternArb.map(name => `@${name}`),
  fc.constantFrom('@*', '*', '*/*'),
  idArb,
)
const channelArb: fc.Arbitrary<ScopedChannel> = fc.oneof(
  fc.record({
    kind: fc.constant('team' as const),
    id: idArb,
    name: nameArb,
    teamId: idArb,
    teamName: nameArb,
  }),
  fc.record({ kind: fc.constant('direct' as const), id: idArb, person: fc.oneof(nameArb, fc.constant('')) }),
  fc.record({ kind: fc.constant('group' as const), id: idArb }),
)

describe('a scope', () => {
  it('lets in what a plain reading of its rules lets in, and nothing else', () => {
    fc.assert(
      fc.property(fc.array(wordArb, { minLength: 1, maxLength: 4 }), channelArb, (words, channel) => {
        expect(isInScope(scopeOf(words.join(',')), channel)).toBe(naive(words, channel))
      }),
      { numRuns: 3_000 },
    )
  })

  it('is the same whatever stands between its entries, in any case and order', () => {
    fc.assert(
      fc.property(
        fc.array(wordArb, { minLength: 1, maxLength: 4 }),
        fc.constantFrom(',', ' ', ', ', '\n', '\t,,  ', '\u00a0'),
        channelArb,
        (words, between, channel) => {
          const other = scopeOf(`${between}${words.toReversed().join(between).toUpperCase()}${between}`)
          expect(isInScope(other, channel)).toBe(isInScope(scopeOf(words.join(',')), channel))
        },
      ),
    )
  })

  it.each([
    ['eng', 'eng/dev', true],
    ['eng', 'engine/dev', false],
    ['eng', 'xeng/dev', false],
    ['eng/*', 'eng/dev', true],
    ['eng/dev', 'eng/dev', true],
    ['eng/~dev', 'eng/dev', true],
    ['eng/dev', 'eng/dev-2', false],
    ['eng/dev', 'web/dev', false],
    ['*/dev', 'web/dev', true],
    ['eng/d*v', 'eng/dev', true],
    ['eng/d*v', 'eng/dv', true],
    ['eng/d*d', 'eng/d', false],
    ['eng/de*ev', 'eng/dev', false],
    ['e.g', 'eng/dev', false],
    ['e.g/dev', 'e.g/dev', true],
    ['eng/[d]ev', undefined, false],
    ['*', 'eng/dev', true],
  ])('%s and %s: %s', (scope, path, expected) => {
    if (path === undefined) expect(readScope(scope).kind).toBe('refused')
    else expect(isInScope(scopeOf(scope), teamChannel(path))).toBe(expected)
  })

  it('takes names in any case, as a server might write them', () => {
    expect(isInScope(scopeOf('Eng/DEV'), teamChannel('eNG/Dev'))).toBe(true)
    expect(isInScope(scopeOf('@Bob'), direct('BOB'))).toBe(true)
  })

  it('never lets * stand for a slash, even in a name that no server should have', () => {
    const odd: ScopedChannel = { kind: 'team', id: id('c'), name: 'a/b', teamId: id('t'), teamName: 'eng' }
    for (const scope of ['eng', 'eng/*', 'eng/a*', '*', '*/*b'])
      expect(isInScope(scopeOf(scope), odd)).toBe(false)
    expect(isInScope(scopeOf('eng/*'), { ...odd, name: 'x', teamName: 'eng/y' })).toBe(false)
    expect(isInScope(scopeOf('*'), { ...odd, name: 'x', teamName: 'eng/y' })).toBe(false)
  })

  it('keeps teams, people and groups apart', () => {
    for (const scope of ['*', '*/*', 'bob', 'bob/*']) {
      expect(isInScope(scopeOf(scope), direct('bob'))).toBe(false)
      expect(isInScope(scopeOf(scope), group)).toBe(false)
    }
    expect(isInScope(scopeOf('@*'), teamChannel('eng/dev'))).toBe(false)
    expect(isInScope(scopeOf('@*'), direct('bob'))).toBe(true)
    expect(isInScope(scopeOf('@*'), group)).toBe(true)
    expect(isInScope(scopeOf('@b*'), group)).toBe(false)
    expect(isInScope(scopeOf('@b*'), direct('bob'))).toBe(true)
    expect(isInScope(scopeOf('@b*'), direct('carol'))).toBe(false)
  })

  it('lets nobody in whose name is not known, but by the id of the channel', () => {
    for (const scope of ['@*', '@**', '@bob']) expect(isInScope(scopeOf(scope), direct(''))).toBe(false)
    expect(isInScope(scopeOf(id('d')), direct(''))).toBe(true)
  })

  it('takes ids of teams and channels', () => {
    expect(isInScope(scopeOf(id('t')), teamChannel('eng/dev'))).toBe(true)
    expect(isInScope(scopeOf(id('c')), teamChannel('eng/dev'))).toBe(true)
    expect(isInScope(scopeOf(id('x')), teamChannel('eng/dev'))).toBe(false)
    expect(isInScope(scopeOf(id('g')), group)).toBe(true)
  })

  it('decides at once however many * there are', () => {
    const scope = scopeOf(`eng/${'*a'.repeat(31)}b`)
    expect(isInScope(scope, teamChannel(`eng/${'a'.repeat(64)}`))).toBe(false)
  })

  it.each([
    ['nothing', ''],
    ['blanks and commas', ' , ,\n'],
    ['a lone @', '@'],
    ['a channel without a team', '/dev'],
    ['a team without a channel', 'eng/'],
    ['~ without a team', '~dev'],
    ['three parts', 'eng/dev/more'],
    ['a person in a team', 'eng/@bob'],
    ['a URL', 'https://chat.example.org/eng'],
    ['a set', 'eng/[abc]'],
    ['an alternative', 'eng|ops'],
    ['anything', '.+'],
    ['an exclusion', '!ops'],
    ['a hash', '#dev'],
    ['a question mark', 'en?'],
    ['other letters', 'еng'],
    ['an invisible letter', 'eng\u200b'],
    ['quotes', '"eng"'],
    ['another separator', 'eng;ops'],
    ['a long word', 'x'.repeat(65)],
    ['one bad entry among good ones', 'eng, ops/alerts, @@bob'],
  ])('of %s is refused whole', (_, text) => {
    expect(readScope(text).kind).toBe('refused')
  })

  it('quotes a bad entry short, on one line and without tricks', () => {
    const read = readScope(`eng \u202e${'y!'.repeat(500)}`)
    expect(read).toMatchObject({ kind: 'refused' })
    if (read.kind === 'refused') {
      expect(read.why).not.toMatch(/[\u202e\n]/)
      expect(read.why.length).toBeLessThan(200)
    }
  })
})

describe('a team', () => {
  const eng = { id: id('t'), name: 'eng' }

  it.each([
    ['eng', true],
    ['eng/dev', true],
    ['e*', true],
    [id('t'), true],
    [id('c'), false],
    ['ops', false],
    ['engine', false],
    ['@*', false],
  ])('is named under the scope %s: %s', (scope, expected) => {
    expect(isTeamInScope(scopeOf(scope), eng)).toBe(expected)
  })

  it('is named wherever one of its channels is inside by name', () => {
    fc.assert(
      fc.property(
        fc.array(wordArb, { minLength: 1, maxLength: 4 }),
        nameArb,
        nameArb,
        (words, team, name) => {
          const scope = scopeOf(words.join(' '))
          const channel: ScopedChannel = { kind: 'team', id: id('z'), name, teamId: id('y'), teamName: team }
          if (isInScope(scope, channel)) expect(isTeamInScope(scope, { id: id('y'), name: team })).toBe(true)
        },
      ),
    )
  })
})
