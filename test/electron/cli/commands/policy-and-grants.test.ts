import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { grantsCommand } from '../../../../electron/cli/commands/grants.ts'
import { policyCommand } from '../../../../electron/cli/commands/policy.ts'
import { EXIT } from '../../../../electron/cli/exit-codes.ts'
import type { Grant } from '../../../../shared/policy/grant.ts'
import type { ClientView } from '../../../../shared/protocol/surface-methods.ts'
import { type CapturedIo, capturedIo } from '../../../support/terminal/captured-io.ts'
import { type FakeBroker, startFakeBroker } from '../../../support/terminal/fake-broker.ts'

const COMMANDS = { grants: grantsCommand, policy: policyCommand }

let broker: FakeBroker
let io: CapturedIo

beforeEach(async () => {
  broker = await startFakeBroker()
  io = capturedIo(broker.home)
  onTestFinished(() => broker.close())
})

function run(line: string): Promise<number> {
  const [name = '', ...args] = line.split(' ')
  return COMMANDS[name as keyof typeof COMMANDS](args, io)
}

const client: ClientView = {
  session: 's1',
  client: 'codex',
  version: '0.169.0',
  workspace: '/home/alice/project',
  account: 'default',
  pid: 900,
  parent: 899,
  connectedAt: 0,
  calls: 3,
  request: 'ask',
  override: null,
  effective: 'ask',
  pending: 1,
}

const grant: Grant = {
  id: 'g1',
  client: 'codex',
  workspace: '/home/alice/project',
  account: 'default',
  server: 'chat.example.org',
  channel: { kind: 'channel', id: 'c1', name: '~town\u202e-square' },
  createdAt: 0,
  uses: 2,
  span: 'always',
}

describe('policy', () => {
  it('says what holds for whom and why', async () => {
    broker.handlers.policy = () => ({
      ceiling: 'ask',
      overrides: [{ client: 'claude', workspace: '/x', policy: 'deny' }],
      heldBack: [{ integration: 'mattermost', write: 'deny', accounts: ['@ada'] }],
    })
    broker.handlers.clients = () => [
      client,
      { ...client, client: 'claude', override: 'deny', effective: 'deny' },
      { ...client, client: 'cursor', override: 'allow', effective: 'ask' },
      { ...client, client: 'plain', request: 'deny', effective: 'deny' },
      { ...client, client: 'eager', request: 'allow', effective: 'ask' },
      { ...client, client: 'off', effective: 'deny' },
    ]
    await run('policy')
    const because = (name: string) =>
      io
        .printed()
        .split('\n')
        .findLast(line => line.startsWith(`${name} `))
    expect(because('codex')).toMatch(/configuration says ask$/)
    expect(because('claude')).toMatch(/you set it for this client here$/)
    expect(because('cursor')).toMatch(/switch for everything is at ask$/)
    expect(because('plain')).toMatch(/configuration says deny$/)
    expect(because('eager')).toMatch(/needs your word/)
    expect(because('off')).toMatch(/own permission: kosmo integrations:configure mattermost --write WORD$/)
    broker.handlers.policy = () => ({ ceiling: 'ask', overrides: [] })
    await run('policy')
    expect(because('off')).toMatch(/a file of the project says so/)
  })

  it.each([
    ['policy deny', 'setCeiling {"policy":"deny"}'],
    ['policy ask', 'setCeiling {"policy":"ask"}'],
    [
      'policy deny --client=codex --workspace=/x',
      'setOverride {"client":"codex","workspace":"/x","policy":"deny"}',
    ],
  ])('%s lets nothing more through and works from anywhere', async (line, call) => {
    expect(await run(line)).toBe(EXIT.ok)
    expect(broker.calls.at(-1)).toBe(call)
  })

  it.each([
    'policy allow',
    'policy ask --client=codex --workspace=/x',
    'policy allow --client=codex --workspace=/x',
  ])('%s from a pipe changes nothing', async line => {
    expect(await run(line)).toBe(EXIT.needsTerminal)
    expect(broker.calls).toEqual(['policy {}'])
  })

  it('an Allow that changes nothing yet says what else holds, and with which command that goes', async () => {
    const overrides = [{ client: 'codex', workspace: '/x', policy: 'allow' as const }]
    const heldBack = [{ integration: 'mattermost', write: 'ask' as const, accounts: ['@ada\u202e'] }]
    broker.handlers.policy = () => ({ ceiling: 'ask', overrides, heldBack })
    expect(await run('policy allow --client=codex --workspace=/x')).toBe(EXIT.ok)
    expect(io.complained()).toMatch(/switch for everything is at ask .*: kosmo policy allow$/m)
    expect(io.complained()).toMatch(/permission for Mattermost \(@ada\) is at ask .*still shown to you first/)
    expect(io.complained()).toMatch(/kosmo integrations:configure mattermost --write allow$/m)
    // From a pipe nothing is lifted.
    expect(broker.calls.filter(call => call.startsWith('setPermission'))).toEqual([])
    broker.handlers.policy = () => ({ ceiling: 'allow', overrides: [], heldBack: [] })
    expect(await run('policy allow')).toBe(EXIT.ok)
    expect(io.complained()).toMatch(/no client to allow yet/)
  })

  it('taking allow away is free, taking deny away is not', async () => {
    const override = { client: 'codex', workspace: '/x' }
    broker.handlers.policy = () => ({ ceiling: 'ask', overrides: [{ ...override, policy: 'allow' }] })
    expect(await run('policy --clear --client=codex --workspace=/x')).toBe(EXIT.ok)
    expect(broker.calls.at(-1)).toBe('setOverride {"client":"codex","workspace":"/x","policy":null}')
    broker.handlers.policy = () => ({ ceiling: 'ask', overrides: [{ ...override, policy: 'deny' }] })
    expect(await run('policy --clear --client=codex --workspace=/x')).toBe(EXIT.needsTerminal)
  })

  it('without --workspace it is the folder of the connected client, and several are a question', async () => {
    broker.handlers.clients = () => [client]
    await run('policy deny --client=codex')
    expect(broker.calls.at(-1)).toContain('"workspace":"/home/alice/project"')
    broker.handlers.clients = () => [client, { ...client, workspace: '/other' }]
    expect(await run('policy deny --client=codex')).toBe(EXIT.usage)
    expect(io.complained()).toMatch(/\/home\/alice\/project, \/other/)
  })
})

describe('grants', () => {
  it('are lined up, with until when', async () => {
    const timed: Grant = { ...grant, id: 'g2', span: '1h', expiresAt: 3_600_000, channel: { kind: 'all' } }
    broker.handlers.grants = () => [grant, timed]
    await run('grants')
    const [, first, second] = io.printed().split('\n')
    expect(first).toMatch(/^g1 +codex +~town-square .* revoked +2 /)
    expect(second).toMatch(/^g2 +codex +all channels .* 1970-01-01T01:00:00\.000Z/)
  })

  it.each([
    ['grants revoke g1', 'revokeGrants {"id":"g1"}', 1, EXIT.ok],
    ['grants revoke g9', 'revokeGrants {"id":"g9"}', 0, EXIT.notPending],
    ['grants revoke --all', 'revokeGrants {}', 0, EXIT.ok],
  ])('%s', async (line, call, gone, code) => {
    broker.handlers.revokeGrants = () => gone
    expect(await run(line)).toBe(code)
    expect(broker.calls).toEqual([call])
  })
})
