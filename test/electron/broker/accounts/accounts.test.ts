import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { AccountStore } from '../../../../electron/broker/accounts/account-store.ts'
import { isAccountName, openAccounts } from '../../../../electron/broker/accounts/accounts.ts'
import { openSettings } from '../../../../electron/broker/settings-file.ts'
import { KosmoError } from '../../../../shared/errors.ts'
import { withIntegration } from '../../../../shared/policy/settings.ts'

const TOKEN = 's3cr3tt0k3n'
const secret = {
  credentials: { url: 'https://a.example', access_token: TOKEN },
  variables: { MATTERMOST_CA_FILE: '/ca' },
}
const other = { credentials: { url: 'https://b.example', access_token: 'other' }, variables: {} }
const label = { url: 'https://a.example', user: '@alice' }

/** A store that fails where it is told to. */
function memoryStore() {
  const values = new Map<string, string>()
  const broken = new Set<keyof AccountStore>()
  const guard = (method: keyof AccountStore) => {
    if (broken.has(method)) throw new KosmoError('not_configured', `no ${method} today`)
  }
  const store: AccountStore = {
    async get(key) {
      guard('get')
      return values.get(key)
    },
    async set(key, value) {
      guard('set')
      values.set(key, value)
    },
    async remove(key) {
      guard('remove')
      return values.delete(key)
    },
  }
  return { store, values, broken }
}

function open() {
  const home = mkdtempSync(join(tmpdir(), 'kosmo-accounts-'))
  const keychain = memoryStore()
  const file = memoryStore()
  const settings = openSettings(home)
  const fails = { index: false }
  const accounts = openAccounts(
    home,
    {
      read: settings.read,
      change(edit) {
        if (fails.index) throw new KosmoError('not_configured', 'no index today')
        settings.change(edit)
      },
    },
    { stores: { keychain: keychain.store, file: file.store }, now: () => Date.UTC(2026, 0, 2) },
  )
  return { home, settings, accounts, keychain, file, fails, path: join(home, 'settings.json') }
}

describe('accounts', () => {
  it('gives back what was stored, as one piece', async () => {
    const { accounts, keychain } = open()
    expect(await accounts.get('mattermost', 'default')).toBeUndefined()
    await accounts.set('mattermost', 'default', { store: 'keychain', secret, label })
    expect(await accounts.get('mattermost', 'default')).toEqual(secret)
    expect(await accounts.get('mattermost', 'work')).toBeUndefined()
    expect([...keychain.values.keys()]).toEqual(['mattermost/default'])
  })

  it('lists without secrets, and the settings hold none', async () => {
    const { accounts, path } = open()
    await accounts.set('mattermost', 'work', { store: 'file', secret, label: { ...label, user: undefined } })
    await accounts.set('mattermost', 'default', { store: 'keychain', secret, label })
    expect(accounts.list('mattermost')).toEqual([
      {
        alias: 'default',
        store: 'keychain',
        url: 'https://a.example',
        user: '@alice',
        changedAt: '2026-01-02T00:00:00.000Z',
      },
      { alias: 'work', store: 'file', url: 'https://a.example', changedAt: '2026-01-02T00:00:00.000Z' },
    ])
    expect(readFileSync(path, 'utf8')).not.toContain(TOKEN)
  })

  it('sends a token nowhere else, whatever URL the settings show', async () => {
    const { accounts, path } = open()
    await accounts.set('mattermost', 'default', { store: 'keychain', secret, label })
    writeFileSync(path, readFileSync(path, 'utf8').replace('https://a.example', 'https://evil.example'))
    expect(accounts.list('mattermost')[0]?.url).toBe('https://evil.example')
    expect((await accounts.get('mattermost', 'default'))?.credentials.url).toBe('https://a.example')
  })

  it('changes permissions in the same write, and nothing of them where it fails', async () => {
    const { accounts, settings, fails } = open()
    fails.index = true
    const deny = accounts.set('mattermost', 'default', { store: 'keychain', secret, label }, found =>
      withIntegration(found, 'mattermost', { write: 'deny' }),
    )
    await expect(deny).rejects.toThrow('no index today')
    expect(settings.read()).toMatchObject({ settings: { integrations: {} } })
  })

  it('leaves no secret where the index fails, and puts an old one back', async () => {
    const { accounts, keychain, fails } = open()
    fails.index = true
    const add = () => accounts.set('mattermost', 'default', { store: 'keychain', secret: other, label })
    await expect(add()).rejects.toThrow('no index today')
    expect(keychain.values.size).toBe(0)
    fails.index = false
    await accounts.set('mattermost', 'default', { store: 'keychain', secret, label })
    fails.index = true
    await expect(add()).rejects.toThrow('no index today')
    expect(await accounts.get('mattermost', 'default')).toEqual(secret)
    await expect(accounts.remove('mattermost', 'default')).rejects.toThrow('no index today')
    expect(await accounts.get('mattermost', 'default')).toEqual(secret)
  })

  it('writes nothing where the store fails, and never takes the other one', async () => {
    const { accounts, keychain, file } = open()
    keychain.broken.add('set')
    const add = accounts.set('mattermost', 'default', { store: 'keychain', secret, label })
    await expect(add).rejects.toThrow('no set today')
    expect(accounts.list('mattermost')).toEqual([])
    expect(file.values.size).toBe(0)
  })

  it('moves between stores, and says where a token was left behind', async () => {
    const { accounts, keychain, file } = open()
    await accounts.set('mattermost', 'default', { store: 'keychain', secret, label })
    expect(await accounts.set('mattermost', 'default', { store: 'file', secret, label })).toEqual([])
    expect([keychain.values.size, file.values.size]).toEqual([0, 1])
    file.broken.add('remove')
    const warnings = await accounts.set('mattermost', 'default', { store: 'keychain', secret: other, label })
    expect(warnings.join()).toMatch(/old one is still in the file accounts.json. no remove today/)
    expect(await accounts.get('mattermost', 'default')).toEqual(other)
  })

  it('removes, and keeps what cannot be removed', async () => {
    const { accounts, keychain } = open()
    expect(await accounts.remove('mattermost', 'default')).toBe(false)
    await accounts.set('mattermost', 'default', { store: 'keychain', secret, label })
    keychain.broken.add('remove')
    await expect(accounts.remove('mattermost', 'default')).rejects.toThrow('no remove today')
    expect(accounts.list('mattermost')).toHaveLength(1)
    keychain.broken.clear()
    expect(await accounts.remove('mattermost', 'default')).toBe(true)
    expect(accounts.list('mattermost')).toEqual([])
    expect(keychain.values.size).toBe(0)
  })

  it.each([
    [undefined, /has no token for it.*kosmo integrations:configure mattermost --account=work/],
    [TOKEN, /not what this program stored.*kosmo integrations:configure mattermost --account=work/],
    [`{"version":2,"token":"${TOKEN}"}`, /not what this program stored/],
    [`{"version":1,"credentials":{"access_token":7},"variables":{}}`, /not what this program stored/],
  ])('says what is wrong with %j in the keychain, and not what is in it', async (value, why) => {
    const { accounts, keychain } = open()
    await accounts.set('mattermost', 'work', { store: 'keychain', secret, label })
    keychain.values.clear()
    if (value !== undefined) keychain.values.set('mattermost/work', value)
    const got = accounts.get('mattermost', 'work')
    await expect(got).rejects.toMatchObject({ code: 'not_configured', message: expect.stringMatching(why) })
    await expect(got).rejects.not.toThrow(TOKEN)
  })

  it('broken settings are told and left, and nothing is stored', async () => {
    const { accounts, keychain, path } = open()
    writeFileSync(path, '{', { mode: 0o600 })
    await expect(accounts.get('mattermost', 'default')).rejects.toThrow(/settings.json/)
    const add = accounts.set('mattermost', 'default', { store: 'keychain', secret, label })
    await expect(add).rejects.toThrow(/settings.json/)
    expect(keychain.values.size).toBe(0)
    expect(readFileSync(path, 'utf8')).toBe('{')
  })

  it.each(['', 'a b', '../x', 'a/b', 'ä', 'x'.repeat(65), '__proto__'])('%j names no account', async name => {
    const { accounts, keychain } = open()
    expect(isAccountName(name)).toBe(false)
    const add = accounts.set('mattermost', name, { store: 'keychain', secret, label })
    await expect(add).rejects.toMatchObject({ code: 'invalid_input' })
    expect(keychain.values.size).toBe(0)
  })
})
