import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type Grant,
  type GrantableWrite,
  grantCovers,
  grantReaches,
  grantSchema,
  isExpired,
  makeGrant,
  storedGrantSchema,
  withUse,
} from '../../../shared/policy/grant.ts'

const NOW = 1_800_000_000_000
const HOUR = 3_600_000
const write: GrantableWrite = {
  client: 'codex',
  workspace: '/work',
  account: 'default',
  server: 'chat.example.org',
  channel: 'c1',
  session: 's1',
  wideMentions: [],
}

/** Few values, so that two writes are often alike but for one thing. */
const few = (...values: string[]) => fc.constantFrom(...values)
const anyWrite = fc.record({
  client: few('codex', 'Codex', 'cursor', ''),
  workspace: few('/work', '/work/', '/', ''),
  account: few('default', 'work', ''),
  server: few('chat.example.org', 'chat.example.org/sub', ''),
  channel: few('c1', 'c2', '@p1', 'all', ''),
  session: few('s1', 's2', ''),
  wideMentions: fc.subarray(['channel', 'all', 'here']),
})
const anyChoice = fc.record({
  span: fc.constantFrom('once', 'session', '1h', '8h', 'always'),
  reach: fc.constantFrom('channel', 'all'),
} as const)
type Choice = typeof anyChoice extends fc.Arbitrary<infer T> ? T : never

function made(from: GrantableWrite, choice: Choice, now = NOW): Grant | undefined {
  const result = makeGrant({ ...from, channelName: '~dev' }, choice, 'g1', now)
  return result.kind === 'grant' ? result.grant : undefined
}

describe('whatever was shown and chosen', () => {
  it('a grant covers what it was made from, and is valid', () => {
    fc.assert(
      fc.property(anyWrite, anyChoice, (shown, choice) => {
        const grant = made(shown, choice)
        if (grant === undefined) return
        expect(grantSchema.parse(grant)).toEqual(grant)
        expect(grantCovers(grant, shown, NOW)).toBe(true)
      }),
      { numRuns: 2_000 },
    )
  })

  it('a grant never covers a write that differs, is too late, or notifies everybody', () => {
    fc.assert(
      fc.property(
        anyWrite,
        anyWrite,
        anyChoice,
        fc.integer({ min: -HOUR, max: 10 * HOUR }),
        (shown, other, choice, later) => {
          const grant = made(shown, choice)
          if (grant === undefined || !grantCovers(grant, other, NOW + later)) return
          for (const key of ['client', 'workspace', 'account', 'server'] as const)
            expect(other[key]).toBe(shown[key])
          if (choice.reach === 'channel') expect(other.channel).toBe(shown.channel)
          if (choice.span === 'session') expect(other.session).toBe(shown.session)
          if (choice.span === '1h') expect(later).toBeLessThan(HOUR)
          if (choice.span === '8h') expect(later).toBeLessThan(8 * HOUR)
          if (choice.span === '1h' || choice.span === '8h') expect(later).toBeGreaterThanOrEqual(0)
          expect(other.wideMentions).toEqual([])
          expect(other.channel.startsWith('@')).toBe(false)
          expect(choice.span).not.toBe('once')
        },
      ),
      { numRuns: 20_000 },
    )
  })

  it('one thing changed is another question', () => {
    const changed = fc.constantFrom('client', 'workspace', 'account', 'server', 'channel', 'session')
    fc.assert(
      fc.property(changed, fc.string(), anyChoice, (key, value, choice) => {
        const grant = made(write, choice)
        if (grant === undefined || value === write[key]) return
        const free =
          value !== '' &&
          ((key === 'channel' && choice.reach === 'all' && !value.startsWith('@')) ||
            (key === 'session' && choice.span !== 'session'))
        expect(grantCovers(grant, { ...write, [key]: value }, NOW)).toBe(free)
      }),
      { numRuns: 2_000 },
    )
  })
})

it.each([
  ['session', { session: 's1' }],
  ['1h', { expiresAt: NOW + HOUR }],
  ['8h', { expiresAt: NOW + 8 * HOUR }],
  ['always', {}],
] as const)('%s makes a grant of just that span', (span, extra) => {
  const { wideMentions: _, channel, session: __, ...target } = write
  expect(made(write, { span, reach: 'channel' })).toEqual({
    ...target,
    id: 'g1',
    channel: { kind: 'channel', id: channel, name: '~dev' },
    span,
    createdAt: NOW,
    uses: 0,
    ...extra,
  })
  expect(made(write, { span, reach: 'all' })?.channel).toEqual({ kind: 'all' })
})

it('a timed grant ends on the millisecond, and a clock set back does not lengthen it', () => {
  const grant = made(write, { span: '1h', reach: 'channel' })
  if (grant === undefined) throw new Error('no grant')
  const covers = (later: number) => grantCovers(grant, write, NOW + later)
  expect([covers(-1), covers(0), covers(HOUR - 1), covers(HOUR), covers(Number.NaN)]).toEqual([
    false,
    true,
    true,
    false,
    false,
  ])
  expect([isExpired(grant, NOW - 1), isExpired(grant, NOW + HOUR - 1), isExpired(grant, NOW + HOUR)]).toEqual(
    [false, false, true],
  )
})

it.each<[string, Partial<GrantableWrite>]>([
  ['notifies everybody', { wideMentions: ['all'] }],
  ['goes to somebody without a channel yet', { channel: '@p1' }],
  ['comes from a client without a name', { client: '' }],
  ['comes from no folder', { workspace: '' }],
])('nothing is remembered of a write that %s, and nothing covers it', (_, change) => {
  const shown = { ...write, ...change }
  expect(grantReaches(shown)).toEqual([])
  for (const reach of ['channel', 'all'] as const) {
    expect(made(shown, { span: 'always', reach })).toBeUndefined()
    const grant = made(write, { span: 'always', reach })
    expect(
      grant && grantCovers({ ...grant, ...('client' in change ? { client: '' } : {}) }, shown, NOW),
    ).toBe(false)
  }
})

it('once makes no grant; else channel and all can be offered', () => {
  expect(made(write, { span: 'once', reach: 'all' })).toBeUndefined()
  expect(grantReaches(write)).toEqual(['channel', 'all'])
})

it('a use is counted', () => {
  const grant = made(write, { span: 'always', reach: 'all' })
  expect(grant && withUse(withUse(grant, NOW), NOW + 1.5)).toMatchObject({ uses: 2, lastUsedAt: NOW + 1 })
})

it('grants that say what does not go together are errors', () => {
  const grant = made(write, { span: '1h', reach: 'channel' })
  const session = made(write, { span: 'session', reach: 'channel' })
  const { expiresAt: _, ...endless } = grant ?? {}
  for (const odd of [
    endless,
    { ...grant, span: 'always' },
    { ...grant, span: '2h' },
    { ...grant, session: 's1' },
    { ...grant, client: '' },
    { ...grant, channel: { kind: 'all', id: 'c1' } },
    { ...grant, channel: { kind: 'team' } },
    { ...grant, wide: true },
    { ...session, session: undefined },
    { ...session, expiresAt: NOW },
  ]) {
    expect(grantSchema.safeParse(odd).success).toBe(false)
  }
  expect(storedGrantSchema.safeParse(grant).success).toBe(true)
  expect(storedGrantSchema.safeParse(session).success).toBe(false)
})
