import { expect, it } from 'vitest'
import { KEPT_SPANS, keepOption, keepSentence } from '../../../../renderer/approval/decision/keep-words.ts'
import { ONCE } from '../../../../renderer/approval/desk/desk.ts'
import { windowApproval } from '../../../support/renderer/approval-window.ts'
import { hostileApproval } from '../../../support/renderer/hostile-approval.ts'

const approval = windowApproval()
const option = (span: (typeof KEPT_SPANS)[number], reach: 'channel' | 'all') =>
  keepOption({ span, reach }, approval, '/home/ada')
const sentence = (span: (typeof KEPT_SPANS)[number], reach: 'channel' | 'all') =>
  keepSentence({ span, reach }, approval, '/home/ada')

it('options say for how long and where', () => {
  expect(keepOption(ONCE, approval, '/home/ada')).toBe('just this once')
  expect(option('session', 'channel')).toBe('also for the rest of this session, in ~release-train')
  expect(option('1h', 'channel')).toBe('also for 1 hour, in ~release-train')
  expect(option('8h', 'all')).toBe('also for 8 hours, in EVERY channel')
  expect(option('always', 'channel')).toBe('always, for Codex in ~/src/webapp, in ~release-train')
})

it('sentences say all of it', () => {
  expect(keepSentence(ONCE, approval, '')).toMatch(/^Nothing is remembered/)
  expect(sentence('session', 'channel')).toBe(
    'Until this session of Codex ends, Codex in ~/src/webapp posts to ~release-train as @ada without asking you. What notifies everybody is still asked about.',
  )
  expect(sentence('1h', 'all')).toBe(
    'For 1 hour, Codex in ~/src/webapp posts anywhere @ada can on chat.acme.dev, direct messages too, without asking you. What notifies everybody is still asked about.',
  )
  expect(sentence('always', 'channel')).toMatch(/^From now on, until you take it back in the settings, /)
})

it('names from outside stay one line and apart', () => {
  for (const span of KEPT_SPANS) {
    for (const reach of ['channel', 'all'] as const) {
      const words =
        keepOption({ span, reach }, hostileApproval(), '') +
        keepSentence({ span, reach }, hostileApproval(), '')
      expect(words).not.toMatch(/[\n\u202a-\u202e\u200b]/)
      expect(words.length).toBeLessThan(500)
    }
  }
})
