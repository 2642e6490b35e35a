import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { withCeiling, withIntegration, withOverride } from '../../../../shared/policy/settings.ts'
import { NO_PERSON } from '../../../../shared/protocol/surface-methods.ts'
import { SurfaceWorld } from '../../../support/tools/surface-world.ts'

let world: SurfaceWorld
beforeEach(() => {
  world = new SurfaceWorld()
})
afterEach(() => world.close())

const CODEX = { client: 'codex', workspace: '/w' }
type Handlers = ReturnType<SurfaceWorld['surface']>

/** What is called, and whether it lets more through than before: nothing is set but a deny for codex in /w. */
const CALLS: [what: string, call: (surface: Handlers) => unknown, loosens: boolean][] = [
  ['the switch to deny', surface => surface.setCeiling({ policy: 'deny' }), false],
  ['the switch to ask', surface => surface.setCeiling({ policy: 'ask' }), false],
  ['the switch to allow', surface => surface.setCeiling({ policy: 'allow' }), true],
  ['a client to deny', surface => surface.setOverride({ ...CODEX, workspace: '/v', policy: 'deny' }), false],
  ['a client to ask', surface => surface.setOverride({ ...CODEX, workspace: '/v', policy: 'ask' }), true],
  ['a deny taken away', surface => surface.setOverride({ ...CODEX, policy: null }), true],
  ['writing to deny', surface => surface.setPermission({ integration: 'mattermost', write: 'deny' }), false],
  ['writing to allow', surface => surface.setPermission({ integration: 'mattermost', write: 'allow' }), true],
  ['reading to deny', surface => surface.setPermission({ integration: 'mattermost', read: 'deny' }), false],
  ['switched off', surface => surface.setPermission({ integration: 'mattermost', enabled: false }), false],
]

describe.each(CALLS)('%s', (_, call, loosens) => {
  it('from where a person sits', () => {
    world.set(settings => withOverride(settings, { ...CODEX, policy: 'deny' }))
    call(world.surface('settings-window', true))
    expect(world.changes()).toHaveLength(1)
    expect(world.changes()[0]).toContain('person (settings-window)')
    expect(world.told).toHaveLength(1)
  })

  it(`from where nobody does ${loosens ? 'changes nothing' : 'is done as well'}`, () => {
    world.set(settings => withOverride(settings, { ...CODEX, policy: 'deny' }))
    const before = world.state.settings.read()
    const surface = world.surface('settings-window', false)
    if (!loosens) {
      call(surface)
      expect(world.state.settings.read()).not.toBe(before)
      expect(world.changes()).toHaveLength(1)
      return
    }
    expect(() => call(surface)).toThrow(NO_PERSON)
    expect(world.state.settings.read()).toEqual(before)
    expect(world.changes()).toEqual([])
  })
})

it.each([
  ['read', { read: 'deny' }, { read: 'allow' }],
  ['enabled', { enabled: false }, { enabled: true }],
  ['write', { write: 'deny' }, { write: 'ask' }],
] as const)('what was taken away (%s) is given back by a person alone', (_, before, changes) => {
  world.set(settings => withIntegration(settings, 'mattermost', before))
  expect(() =>
    world.surface('terminal', false).setPermission({ integration: 'mattermost', ...changes }),
  ).toThrow(NO_PERSON)
  world.surface().setPermission({ integration: 'mattermost', ...changes })
  const [view] = world.surface().integrations({}) as { write: string; read: string; enabled: boolean }[]
  expect(view).toMatchObject(changes)
  expect(world.told).toEqual(['account mattermost'])
})

it('a permission is changed alone; the others stay as they are shown', () => {
  world.surface().setPermission({ integration: 'mattermost', read: 'deny' })
  expect(world.surface().integrations({})).toMatchObject([{ read: 'deny', write: 'ask', enabled: true }])
})

it('settings that cannot be read are refused, and shown as deny', () => {
  world.set(settings => withCeiling(settings, 'allow'))
  world.write('settings.json', '{')
  const surface = world.surface()
  expect(surface.policy({})).toEqual({ ceiling: 'deny', overrides: [], heldBack: [] })
  expect(() => surface.setCeiling({ policy: 'ask' })).toThrow(/settings\.json: line 1/)
  expect(() => surface.setPermission({ integration: 'mattermost', write: 'deny' })).toThrow(/line 1/)
})

it('grants that are revoked are told of', () => {
  const grant = {
    client: 'codex',
    workspace: '/w',
    account: 'default',
    server: 's',
    channel: { kind: 'all' },
  } as const
  world.state.grants.add({ ...grant, id: 'g_1', span: 'always', createdAt: 1, uses: 0 })
  expect(world.surface().revokeGrants({ id: 'g_2' })).toBe(0)
  expect(world.told).toEqual([])
  expect(world.surface().revokeGrants({ id: 'g_1' })).toBe(1)
  expect(world.told).toEqual(['policy'])
  expect(world.changes()).toEqual(['grant revoked · g_1 · person (settings-window)'])
})
