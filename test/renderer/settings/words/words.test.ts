import { describe, expect, it } from 'vitest'
import { readWaitSeconds } from '../../../../renderer/settings/about/wait-seconds.ts'
import { STEPS, stepAfter, stepBefore } from '../../../../renderer/settings/first-run/steps.ts'
import { allowMeans, isLoosening } from '../../../../renderer/settings/words/allow-words.ts'
import { untilWhen } from '../../../../renderer/settings/words/grant-words.ts'
import { ago, clock, exact, left } from '../../../../renderer/settings/words/time-words.ts'
import { isOffline } from '../../../../renderer/settings/words/trouble.ts'
import { CallFailed } from '../../../../renderer/ui/remote.ts'
import { shortPath } from '../../../../renderer/ui/short-path.ts'
import { GRANTS } from '../../../support/renderer/settings-world.ts'

const NOW = Date.UTC(2026, 10, 23, 14, 5)
const MINUTE = 60_000
const DAY = 1_440 * MINUTE

describe('times', () => {
  it.each([
    [0, 'just now'],
    [-5 * MINUTE, 'just now'],
    [59 * MINUTE, '59 min ago'],
    [60 * MINUTE, '1 h ago'],
    [DAY, 'yesterday'],
    [30 * DAY, '30 days ago'],
    [Number.NaN, 'unknown'],
  ])('%d ms before now is %s', (passed, words) => {
    expect(ago(NOW - passed, NOW)).toBe(words)
  })

  it('are dates where they are long ago', () => {
    expect(ago(NOW - 40 * DAY, NOW)).toBe('14 Oct 2026')
  })

  it.each([
    [-1, 'time is up'],
    [30_000, 'less than a minute left'],
    [3 * MINUTE, '3 min left'],
    [120 * MINUTE, '2 h left'],
    [Number.NaN, 'time is up'],
  ])('%d ms from now is %s', (remains, words) => {
    expect(left(NOW + remains, NOW)).toBe(words)
  })

  it('never throw, whatever a log says', () => {
    for (const at of [Number.NaN, 9e15, -9e15, Number.POSITIVE_INFINITY]) {
      expect([exact(at), clock(at)]).toEqual(['unknown', 'unknown'])
    }
  })
})

describe('paths', () => {
  it.each([
    ['/home/ada/src/x', '/home/ada', '~/src/x'],
    ['/home/ada', '/home/ada/', '~'],
    ['/home/adam/x', '/home/ada', '/home/adam/x'],
    ['C:\\Users\\ada\\x', 'C:\\Users\\ada', '~\\x'],
    ['/srv/x', '', '/srv/x'],
    ['/srv/x', '/', '/srv/x'],
  ])('%s at home in %j is %s', (path, home, words) => {
    expect(shortPath(path, home)).toBe(words)
  })
})

describe('Allow', () => {
  it('loosens whatever was stricter, and nothing else does', () => {
    expect(isLoosening('ask', 'allow')).toBe(true)
    expect(isLoosening('deny', 'allow')).toBe(true)
    expect(isLoosening(null, 'allow')).toBe(true)
    expect(isLoosening('allow', 'allow')).toBe(false)
    expect(isLoosening('deny', 'ask')).toBe(false)
    expect(isLoosening('allow', null)).toBe(false)
  })

  it('says each time that wide mentions ask all the same', () => {
    for (const loosened of [
      { kind: 'ceiling' },
      { kind: 'client', client: 'c', workspace: 'w', ceiling: 'allow' },
      { kind: 'integration', name: 'Mattermost' },
    ] as const) {
      expect(allowMeans(loosened).join(' ')).toContain('@channel')
    }
  })
})

it('a grant says until when it holds', () => {
  expect(GRANTS.map(untilWhen)).toEqual(['until you revoke it', expect.stringMatching(/^until \d\d:45$/)])
})

it('a server that is away is no fault', () => {
  expect(isOffline(new CallFailed('network', ''))).toBe(true)
  // What cannot be done here, and a certificate that is wrong, are not mended by waiting.
  for (const code of ['unauthorized', 'unavailable', 'tls'])
    expect(isOffline(new CallFailed(code, ''))).toBe(false)
})

it('agents wait for whole seconds that make sense, or for what suits them', () => {
  expect(readWaitSeconds(' ')).toEqual({ kind: 'seconds', seconds: null })
  expect(readWaitSeconds(' 90 ')).toEqual({ kind: 'seconds', seconds: 90 })
  for (const odd of ['4', '3601', '1.5', '1e2', '-5', 'x', '٩٠'])
    expect(readWaitSeconds(odd).kind).toBe('refused')
})

it('the set-up goes on to its end, and back no further than what is stored', () => {
  expect(STEPS.map(({ id }) => stepAfter(id))).toEqual(['scope', 'policy', 'connect', 'try', undefined])
  expect(STEPS.map(({ id }) => stepBefore(id))).toEqual([undefined, undefined, 'scope', 'policy', 'connect'])
})
