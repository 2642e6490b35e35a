import { describe, expect, it } from 'vitest'
import {
  accountSettings,
  defaultSettings,
  integrationSettings,
  overrideFor,
  readPermission,
  settingsSchema,
  storedPolicy,
  withAccount,
  withCeiling,
  withIntegration,
  withOverride,
  withoutAccount,
  withoutOverride,
  writePermission,
} from '../../../shared/policy/settings.ts'

const account = {
  store: 'keychain',
  url: 'https://chat.example.org',
  changedAt: '2026-01-05T09:00:00Z',
} as const
const codex = { client: 'codex', workspace: '/project' }

it('an empty file is the defaults', () => {
  expect(settingsSchema.parse({})).toEqual({
    version: 1,
    ceiling: 'ask',
    overrides: [],
    integrations: {},
    auditText: false,
  })
  expect(defaultSettings()).toEqual(settingsSchema.parse({}))
  expect(settingsSchema.parse({ integrations: { mattermost: {} } }).integrations).toEqual({
    mattermost: { enabled: true, read: 'allow', write: 'allow', accounts: {} },
  })
})

it.each<[string, unknown]>([
  ['another version', { version: 2 }],
  ['an unknown policy', { ceiling: 'Allow' }],
  ['a policy that is no word', { ceiling: true }],
  ['a policy that is null', { ceiling: null }],
  ['an unknown key', { celing: 'deny' }],
  ['an unknown policy in an override', { overrides: [{ ...codex, policy: 'yes' }] }],
  ['an override without its folder', { overrides: [{ client: 'codex', policy: 'allow' }] }],
  ['an override of nobody', { overrides: [{ client: '', workspace: '/project', policy: 'allow' }] }],
  ['an unknown key in an override', { overrides: [{ ...codex, policy: 'ask', until: 1 }] }],
  ['ask for reading', { integrations: { mattermost: { read: 'ask' } } }],
  ['an unknown key in an integration', { integrations: { mattermost: { writes: 'deny' } } }],
  [
    'an unknown store',
    { integrations: { mattermost: { accounts: { work: { ...account, store: 'env' } } } } },
  ],
  ['a token', { integrations: { mattermost: { accounts: { work: { ...account, token: 'x' } } } } }],
  ['a wait that is too short', { waitSeconds: 4 }],
  ['a wait that is too long', { waitSeconds: 3601 }],
  ['half a second', { waitSeconds: 5.5 }],
  ['a list', []],
  ['nothing', null],
])('%s is an error', (_, value) => {
  expect(settingsSchema.safeParse(value).success).toBe(false)
})

describe('overrides', () => {
  it('hold for one client in one folder, the last one set', () => {
    const once = withOverride(defaultSettings(), { ...codex, policy: 'ask' })
    const twice = withOverride(once, { ...codex, policy: 'allow' })
    expect(twice.overrides).toEqual([{ ...codex, policy: 'allow' }])
    expect(overrideFor(twice, 'codex', '/project')).toBe('allow')
    for (const [client, workspace] of [
      ['codex', '/project/sub'],
      ['codex', '/'],
      ['Codex', '/project'],
    ] as const) {
      expect(overrideFor(twice, client, workspace)).toBeUndefined()
      expect(withoutOverride(twice, client, workspace)).toEqual(twice)
    }
    expect(withoutOverride(twice, 'codex', '/project')).toEqual(defaultSettings())
    expect(once.overrides).toHaveLength(1)
  })

  it('the strictest holds where a file says it twice', () => {
    const overrides = (['allow', 'deny', 'ask'] as const).map(policy => ({ ...codex, policy }))
    expect(overrideFor({ ...defaultSettings(), overrides }, 'codex', '/project')).toBe('deny')
  })
})

describe('integrations', () => {
  const settings = withAccount(defaultSettings(), 'mattermost', 'work', account)

  it('an account brings its integration along, and goes without it', () => {
    expect(accountSettings(settings, 'mattermost', 'work')).toEqual(account)
    expect(settingsSchema.parse(settings)).toEqual(settings)
    const without = withoutAccount(settings, 'mattermost', 'work')
    expect(integrationSettings(without, 'mattermost')?.accounts).toEqual({})
    expect(withoutAccount(defaultSettings(), 'mattermost', 'work')).toEqual(defaultSettings())
  })

  it('one change leaves the others', () => {
    const changed = withIntegration(settings, 'mattermost', { write: 'deny' })
    expect(integrationSettings(changed, 'mattermost')).toMatchObject({
      write: 'deny',
      accounts: { work: account },
    })
  })

  it('names that every object has are no integrations and accounts', () => {
    for (const name of ['constructor', '__proto__', 'toString']) {
      expect(integrationSettings(settings, name)).toBeUndefined()
      expect(writePermission(settings, name)).toBeUndefined()
      expect(accountSettings(settings, 'mattermost', name)).toBeUndefined()
    }
  })

  it('switched off is neither read nor written to', () => {
    expect([readPermission(settings, 'mattermost'), writePermission(settings, 'mattermost')]).toEqual([
      'allow',
      'allow',
    ])
    const off = withIntegration(settings, 'mattermost', { enabled: false })
    expect([readPermission(off, 'mattermost'), writePermission(off, 'mattermost')]).toEqual(['deny', 'deny'])
  })
})

it('stored policy: what the settings say of one client, folder and integration', () => {
  const subject = { ...codex, integration: 'mattermost' }
  const settings = withIntegration(
    withOverride(withCeiling(defaultSettings(), 'allow'), { ...codex, policy: 'allow' }),
    'mattermost',
    { write: 'ask' },
  )
  const read = { kind: 'settings', settings } as const
  expect(storedPolicy(read, subject)).toEqual({ ceiling: 'allow', override: 'allow', permission: 'ask' })
  expect(storedPolicy(read, { ...subject, workspace: '/other', integration: 'other' })).toEqual({
    ceiling: 'allow',
  })
  expect(storedPolicy({ kind: 'broken', why: 'It is broken.' }, subject)).toEqual({
    ceiling: 'deny',
    unreadable: 'It is broken.',
  })
})
