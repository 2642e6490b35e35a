import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { openAudit } from '../../../../electron/broker/audit/audit-log.ts'
import { openSettings } from '../../../../electron/broker/settings-file.ts'
import { withCeiling, withIntegration, withOverride } from '../../../../shared/policy/settings.ts'
import { startBrokerProcess } from '../../../support/broker/broker-process.ts'
import { type LineOptions, newCliHome, runKosmoWith } from '../../../support/cli/run-line.ts'
import { openTown, type Town } from '../../../support/mcp/town.ts'

let town: Town
let home: ReturnType<typeof newCliHome>
beforeEach(async () => {
  town = await openTown()
  home = newCliHome(town.account)
})

function kosmo(args: string[], options: Partial<LineOptions> = {}) {
  return runKosmoWith(args, { variables: home.variables, secrets: [town.account.token], ...options })
}

const call = (name: string, args: string[] = [], options: Partial<LineOptions> = {}) =>
  kosmo(['integrations:call', `mattermost.${name}`, ...args, '--json'], options)

const requests = () => town.mattermost.requests.map(({ method, path }) => `${method} ${path}`)
const POST = ['--channel-id=~town-square', '--message=Hello there']

const ENVELOPE = ['function', 'success', 'data', 'error', 'meta', 'duration_ms']
const META = ['dry_run', 'operation', 'permission_bypassed', 'account']

describe('row 52: the envelope', () => {
  it('of a success has exactly these keys, and the data whole', async () => {
    const ran = await call('mattermost_get_current_user')
    expect(ran).toMatchObject({ code: 0, stderr: '' })
    const told = ran.json()
    expect(Object.keys(told)).toEqual(ENVELOPE)
    expect(Object.keys(told.meta as object)).toEqual(META)
    expect(told).toMatchObject({
      function: 'mattermost.mattermost_get_current_user',
      success: true,
      data: { user: { username: 'alice' } },
      error: null,
      meta: { dry_run: false, operation: 'read', permission_bypassed: false, account: 'default' },
    })
    expect(told.duration_ms).toEqual(expect.any(Number))
  })

  it('of a failure of the server has the same keys, and ends with 1', async () => {
    const ran = await call('list_posts', ['{"channel_id": "~nowhere"}'])
    expect(ran.code).toBe(1)
    expect(Object.keys(ran.json())).toEqual(ENVELOPE)
    expect(ran.json()).toMatchObject({
      success: false,
      data: null,
      error: expect.stringMatching(/\[not_found/),
    })
  })

  it('letters stay as they are in JSON, but for what would drive a terminal', async () => {
    const bob = [...town.mattermost.world.people.values()].find(({ username }) => username === 'bob')
    const [square] = [...town.mattermost.world.channels.values()].filter(({ name }) => name === 'town-square')
    if (bob === undefined || square === undefined) throw new Error('no town')
    town.mattermost.world.posts.add(square, bob, 'Grüße 漢字 ünd\u009b31m')
    const ran = await call('list_posts', ['--channel-id=~town-square'])
    expect(ran.stdout).toContain('Grüße 漢字')
    expect(ran.stdout).not.toContain('\u009b')
  })
})

describe('row 52: the built program', () => {
  it('a pipe on which nothing ever comes holds nothing up', async () => {
    const ran = await call('get_current_user', [], { stdin: 'open' })
    expect(ran).toMatchObject({ code: 0 })
  })

  it('integrations:mattermost is the short way', async () => {
    const ran = await kosmo(['integrations:mattermost', 'get_current_user'])
    expect(ran).toMatchObject({ code: 0, stdout: expect.stringContaining('username: alice') })
    expect(await kosmo(['integrations:slack', 'x', '--json'])).toMatchObject({ code: 1 })
  })
})

describe('row 53: one policy', () => {
  it('ask without anybody to ask posts nothing', async () => {
    const ran = await call('create_post', POST)
    expect(ran.code).toBe(1)
    expect(ran.json()).toMatchObject({
      success: false,
      error: expect.stringMatching(/Nobody could be asked.*\[unreachable\]$/),
    })
    expect(town.writes()).toEqual([])
  })

  it.each(['deny for the integration', 'the switch at deny'])(
    '%s refuses before anything is sent',
    async how => {
      openSettings(home.place).change(settings =>
        how === 'the switch at deny'
          ? withCeiling(settings, 'deny')
          : withIntegration(settings, 'mattermost', { write: 'deny' }),
      )
      const ran = await call('create_post', POST)
      expect(ran.json()).toMatchObject({
        success: false,
        error: expect.stringMatching(/^Writes are refused by policy.*\[blocked\]$/),
      })
      expect(requests()).toEqual([])
    },
  )

  it('row 46: --force turns no deny into allow, and no ask into not asking', async () => {
    const asked = await call('create_post', [...POST, '--force'])
    expect(asked.json()).toMatchObject({ success: false, meta: { permission_bypassed: false } })
    expect(asked.stderr).toContain('--force lifts nothing')
    openSettings(home.place).change(settings =>
      withIntegration(settings, 'mattermost', { read: 'deny', write: 'deny' }),
    )
    const read = await call('list_teams', ['--force'])
    expect(read.json()).toMatchObject({ success: false, error: expect.stringMatching(/^Reads are refused/) })
    const write = await call('create_post', [...POST, '--force'])
    expect(write.json()).toMatchObject({ success: false, error: expect.stringMatching(/\[blocked\]$/) })
    expect(town.writes()).toEqual([])
  })

  it('the stored permission alone lets nothing through unasked; what a person said for this folder does', async () => {
    const settings = openSettings(home.place)
    settings.change(before => withIntegration(before, 'mattermost', { write: 'allow' }))
    expect((await call('create_post', POST)).json()).toMatchObject({ success: false })
    const override = { client: 'kosmo-cli', workspace: '/tmp', policy: 'allow' } as const
    settings.change(before => withCeiling(withOverride(before, override), 'allow'))
    expect(await call('create_post', POST, { cwd: '/usr' })).toMatchObject({ code: 1 })
    const ran = await call('create_post', POST, { cwd: '/tmp' })
    expect(ran.json()).toMatchObject({ success: true, data: { id: expect.any(String) } })
    expect(town.posted()).toEqual(['Hello there'])
  })

  it('every call is in the audit, with who decided, and no text', async () => {
    await call('list_teams')
    await call('create_post', POST)
    const { entries } = openAudit(join(home.place, 'audit'), { now: Date.now }).read({}, 100)
    expect(entries).toMatchObject([
      { kind: 'call', client: 'kosmo-cli', function: 'mattermost_list_teams', outcome: 'ok' },
      { kind: 'call', client: 'kosmo-cli', function: 'mattermost_create_post', outcome: 'unreachable' },
    ])
    expect(JSON.stringify(entries)).not.toContain('Hello there')
  })
})

describe('row 53: under a broker', () => {
  it('the broker decides: its switch holds, and the call is in its audit', async () => {
    const broker = await startBrokerProcess({ home: home.place })
    const terminal = await broker.terminal()
    await terminal.broker.setCeiling({ policy: 'deny' })
    const denied = await call('create_post', POST)
    expect(denied.json()).toMatchObject({
      success: false,
      error: expect.stringContaining('the switch for all writes'),
    })
    expect(requests()).toEqual([])
    const audit = openAudit(join(home.place, 'audit'), { now: Date.now })
    const calls = () => audit.read({}, 100).entries.filter(({ kind }) => kind === 'call')
    await expect.poll(calls).toMatchObject([{ client: 'kosmo-cli', outcome: 'blocked' }])
  })

  it('somebody approves elsewhere, and it is posted once', async () => {
    const broker = await startBrokerProcess({ home: home.place })
    const person = await broker.terminal({
      events: {
        approvalsChanged({ approvals }) {
          for (const { id } of approvals) {
            person.broker
              .reportShown({ ids: [id] })
              .then(() =>
                person.broker.answer({
                  id,
                  answer: { kind: 'approve', span: 'once', reach: 'channel', text: 'Hello, all of you' },
                }),
              )
              .catch(() => undefined)
          }
          return null
        },
      },
    })
    await person.broker.watchApprovals({})
    const ran = await call('create_post', POST)
    expect(ran.json()).toMatchObject({ success: true, data: { edited: true, sent: 'Hello, all of you' } })
    expect(town.posted()).toEqual(['Hello, all of you'])
  })
})

describe('accounts', () => {
  it('row 24: requests carry the token as Bearer, and it shows nowhere', async () => {
    await call('list_posts', ['{"channel_id": "~nowhere"}'])
    const headers = town.mattermost.requests.map(({ headers }) => headers.authorization)
    expect(headers.length).toBeGreaterThan(0)
    for (const header of headers) expect(header).toBe(`Bearer ${town.account.token}`)
  })

  it('row 25: default and work reach different servers, and a missing alias is named', async () => {
    const other = await openTown()
    const file = join(home.home, 'work.json')
    writeFileSync(
      file,
      JSON.stringify({ set: { url: other.account.url, access_token: other.account.token } }),
    )
    const variables = { HOME: home.home, KOSMO_HOME: home.place }
    for (const [alias, { account }] of [
      ['default', town],
      ['work', other],
    ] as const) {
      const stdin = JSON.stringify({ set: { url: account.url, access_token: account.token } })
      const args = [
        'integrations:configure',
        'mattermost',
        `--account=${alias}`,
        '--stdin-json',
        '--store=file',
      ]
      expect(await kosmo(args, { variables, stdin })).toMatchObject({ code: 0 })
    }
    const count = (which: Town) => which.mattermost.requests.length
    const before = [count(town), count(other)]
    expect(await call('list_teams', ['--account=work'], { variables })).toMatchObject({ code: 0 })
    expect(count(town)).toBe(before[0])
    expect(count(other)).toBeGreaterThan(before[1] ?? 0)
    expect(await call('list_teams', [], { variables })).toMatchObject({ code: 0 })
    expect(count(town)).toBeGreaterThan(before[0] ?? 0)
    const missing = await call('list_teams', ['--account=nope'], { variables })
    expect(missing.json()).toEqual({ success: false, error: expect.stringContaining("account 'nope'") })
  })

  it('row 29: without a URL no request leaves, and it is said', async () => {
    const variables = { HOME: home.home, KOSMO_HOME: home.place, MATTERMOST_ACCESS_TOKEN: town.account.token }
    const ran = await call('list_teams', [], { variables })
    expect(ran.json()).toEqual({
      success: false,
      error: expect.stringContaining('missing required credentials'),
    })
    const set = await kosmo(
      ['integrations:configure', 'mattermost', '--set', 'access_token=x1x2x3x4x5x6', '--json'],
      { variables: { HOME: home.home, KOSMO_HOME: home.place } },
    )
    expect(set.json()).toMatchObject({ success: false, error: expect.stringMatching(/url/) })
    expect(requests()).toEqual([])
  })
})
