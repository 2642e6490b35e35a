import { describe, expect, it } from 'vitest'
import { deniedWords, heldBackName, liftWords } from '../../../shared/desktop/held-back-words.ts'
import { heldBack } from '../../../shared/policy/held-back.ts'
import { settingsSchema } from '../../../shared/policy/settings.ts'

const account = { store: 'keychain', url: 'https://chat.acme.dev', changedAt: '2026-01-01T00:00:00Z' }
const of = (
  write: string,
  accounts: Record<string, object> = { default: { ...account, user: '@ada' }, work: account },
) => heldBack(settingsSchema.parse({ integrations: { mattermost: { write, accounts } } }))

describe('what holds an Allow back', () => {
  it('is an integration that asks or refuses by itself, with its accounts', () => {
    expect(of('allow')).toEqual([])
    expect(of('ask')).toEqual([{ integration: 'mattermost', write: 'ask', accounts: ['@ada', 'work'] }])
    expect(of('deny')).toMatchObject([{ write: 'deny' }])
  })

  it('an ask can be lifted in the same step, a deny is only told', () => {
    expect(liftWords(of('ask'))).toMatch(/^Lift “Ask me” from Mattermost \(@ada, work\) too/)
    expect(deniedWords(of('ask'))).toEqual([])
    expect(liftWords(of('deny'))).toBeUndefined()
    expect(deniedWords(of('deny'))).toEqual([
      expect.stringMatching(/^Mattermost \(@ada, work\) stays at Read-only/),
    ])
  })

  it('names are short and show what they hide', () => {
    const many = Array.from({ length: 9 }, (_, nth) => [
      `a${nth}`,
      { ...account, user: `@\u202e${'x'.repeat(90)}` },
    ])
    const [held] = of('ask', Object.fromEntries(many))
    const name = held === undefined ? '' : heldBackName(held)
    expect(name).toMatch(/, 6 more\)$/)
    expect(name).not.toContain('\u202e')
    expect(name.length).toBeLessThan(160)
  })
})
