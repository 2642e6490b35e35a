import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  refuseAccountName,
  suggestAccountName,
} from '../../../../renderer/settings/accounts/account-names.ts'
import {
  accountChanges,
  cleanToken,
  formFields,
} from '../../../../renderer/settings/accounts/account-values.ts'
import { refuseField } from '../../../../renderer/settings/accounts/refuse-field.ts'
import { serverLabel } from '../../../../renderer/settings/accounts/server-label.ts'
import { NO_ACCOUNTS } from '../../../support/renderer/example-accounts.ts'

const FIELDS = NO_ACCOUNTS[0]?.fields ?? []
const [URL_FIELD, TOKEN_FIELD] = FIELDS
if (URL_FIELD === undefined || TOKEN_FIELD === undefined) throw new Error('the world has no fields')

describe('a token as people paste it', () => {
  it.each([
    '  abc123\n',
    '"abc123"',
    '`abc123`',
    'Bearer abc123',
    'authorization: bearer   abc123',
    "' Bearer abc123 '",
  ])('%j is abc123', pasted => {
    expect(cleanToken(pasted)).toBe('abc123')
  })

  it('is left alone where there is nothing around it', () => {
    const token = fc.stringMatching(/^[\x21-\x7e]{1,60}$/)
    fc.assert(
      fc.property(token, each => {
        fc.pre(!/^["'`]|^bearer|^authorization/i.test(each))
        expect(cleanToken(` ${each}\n`)).toBe(each)
      }),
    )
  })
})

describe('what a form changes of an account', () => {
  const stored = { url: 'https://chat.acme.dev', ca_file: '/etc/ca.pem' }
  const changes = (typed: Record<string, string>) =>
    accountChanges(FIELDS, new Map(Object.entries(typed)), stored)

  it('is what differs; an empty secret stays, another value that was emptied goes', () => {
    expect(changes({ url: ' https://chat.acme.dev ', access_token: '', ca_file: '', proxy: '' })).toEqual({
      values: {},
      unset: ['ca_file'],
    })
    expect(changes({ url: 'https://new.example.org', access_token: ' t ' })).toEqual({
      values: { url: 'https://new.example.org', access_token: 't' },
      unset: [],
    })
  })

  it('never says anything of a field that the form has not', () => {
    expect(changes({})).toEqual({ values: {}, unset: [] })
  })

  it('never takes away what is needed', () => {
    expect(changes({ url: '' })).toEqual({ values: {}, unset: [] })
  })

  it('shows first what an account cannot do without, and the scope elsewhere', () => {
    const { main, further } = formFields(FIELDS)
    expect(main.map(({ key }) => key)).toEqual(['url', 'access_token'])
    expect(further.map(({ key }) => key)).toEqual(['ca_file', 'proxy'])
  })
})

describe('what is refused before it is sent', () => {
  it('is an address that cannot be one, and a token that cannot be one', () => {
    expect(refuseField(URL_FIELD, 'chat.acme.dev', false)).toMatch(/it is not a URL/)
    expect(refuseField(URL_FIELD, 'http://chat.acme.dev', false)).toMatch(/plain http/)
    expect(refuseField(URL_FIELD, 'https://chat.acme.dev/eng/channels/town-square', false)).toBeUndefined()
    expect(refuseField(URL_FIELD, undefined, false)).toBe('Server URL is needed.')
    expect(refuseField(TOKEN_FIELD, undefined, false)).toBe('Paste the token here.')
    expect(refuseField(TOKEN_FIELD, undefined, true)).toBeUndefined()
    expect(refuseField(TOKEN_FIELD, 'abc def', false)).toMatch(/no token/)
    expect(refuseField(TOKEN_FIELD, 'abc€', false)).toMatch(/no token/)
    expect(refuseField(TOKEN_FIELD, 'abc123', false)).toBeUndefined()
  })

  it('never has the token in its words', () => {
    expect(refuseField(TOKEN_FIELD, 'geheim wort', false)).not.toContain('geheim')
  })
})

describe('the name of an account', () => {
  it('is one that is free', () => {
    expect(suggestAccountName([])).toBe('default')
    expect(suggestAccountName(['default', 'account-2'])).toBe('account-3')
    expect(refuseAccountName('work', ['default'])).toBeUndefined()
    expect(refuseAccountName('default', ['default'])).toMatch(/already/)
    for (const odd of ['', 'a b', 'ä', 'x'.repeat(65)]) expect(refuseAccountName(odd, [])).toMatch(/letters/)
    for (const reserved of ['__proto__', 'environment'])
      expect(refuseAccountName(reserved, [])).toMatch(/reserved/)
  })
})

it('a server is shown without its scheme', () => {
  expect(serverLabel('https://example.org/chat')).toBe('example.org/chat')
  expect(serverLabel('nonsense')).toBe('nonsense')
})
