import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { hasKeyring } from '../../../setup/keyring.mjs'
import { openKeyring } from '../../../support/accounts/keyring.ts'
import { clientVariables, startBrokerProcess } from '../../../support/broker/broker-process.ts'
import { newCliHome, runKosmoWith, runLine } from '../../../support/cli/run-line.ts'
import { startReady } from '../../../support/mcp/raw-client.ts'
import { resultText } from '../../../support/mcp/rpc-line.ts'
import { openTown, type Town } from '../../../support/mcp/town.ts'

/** The lines of the product's own CLI page, as they stand there. */
const SET_UP = `kosmokrator integrations:configure mattermost --set access_token="$MATTERMOST_ACCESS_TOKEN" --enable --read allow --write ask --json
kosmokrator integrations:doctor mattermost --json
kosmokrator integrations:status --json`

const CALLS = `kosmo integrations:call mattermost.mattermost_list_channels '{
  "page": 1,
  "per_page": 1
}' --json
kosmo integrations:mattermost mattermost_list_channels '{
  "page": 1,
  "per_page": 1
}' --json`

const DISCOVERY = `kosmo integrations:docs mattermost --json
kosmo integrations:docs mattermost.mattermost_list_channels --json
kosmo integrations:schema mattermost.mattermost_list_channels --json
kosmo integrations:search "Mattermost" --json
kosmo integrations:list --json`

describe.skipIf(!hasKeyring())('with a keychain (skipped where gnome-keyring is not installed)', () => {
  it('rows 27, 49, 50 and 53: the lines of the page work one after the other, and the token is in no file', async () => {
    const { account } = await openTown()
    const keyring = await openKeyring()
    const { home, place } = newCliHome()
    const around = { ...keyring.variables, HOME: home, KOSMO_HOME: place }
    const secrets = [account.token]
    const variables = { ...around, MATTERMOST_URL: account.url, MATTERMOST_ACCESS_TOKEN: account.token }
    const set = await runLine(SET_UP, { variables, secrets })
    expect(set.code).toBe(0)
    const [configured, doctor, status] = documents(set.stdout)
    expect(configured).toMatchObject({ success: true, permissions: { read: 'allow', write: 'ask' } })
    expect(doctor).toMatchObject({ active: true, live: { valid: true, user: '@alice', url: account.url } })
    expect(status).toMatchObject({ success: true, providers: { mattermost: { active: true, functions: 7 } } })
    // From here on without the variables: the account comes from the keychain.
    const called = await runLine(CALLS, { variables: around, secrets })
    for (const each of documents(called.stdout)) {
      expect(each).toMatchObject({ success: true, data: { channels: [{ id: expect.any(String) }] } })
    }
    expect(documents(called.stdout)).toHaveLength(2)
    const found = await runLine(DISCOVERY, { variables: around, secrets })
    expect(found.code).toBe(0)
    expect(documents(found.stdout)).toHaveLength(5)
    const files = filesIn(home)
    expect(files.length).toBeGreaterThan(1)
    for (const file of files) {
      expect(readFileSync(file).includes(account.token), file).toBe(false)
      expect(statSync(file).mode & 0o077, file).toBe(0)
    }
  })
})

describe('rows 22 and 23: one account for all', () => {
  async function configure(place: string, home: string, { account }: Town) {
    const stdin = JSON.stringify({ set: { url: account.url, access_token: account.token } })
    const ran = await runKosmoWith(
      ['integrations:configure', 'mattermost', '--stdin-json', '--store=file', '--json'],
      { variables: { HOME: home, KOSMO_HOME: place }, stdin, secrets: [account.token] },
    )
    expect(ran.json()).toMatchObject({ success: true })
  }

  it('row 22: set up once, and gateway, calls and doctor use it', async () => {
    const town = await openTown()
    const { home, place } = newCliHome()
    await configure(place, home, town)
    const variables = { HOME: home, KOSMO_HOME: place }
    const gateway = await startReady({ account: town.account, env: { ...variables, PATH: '/usr/bin:/bin' } })
    expect(resultText(await gateway.callTool('get_current_user'))).toContain('username: alice')
    const secrets = [town.account.token]
    const call = await runKosmoWith(['integrations:mattermost', 'get_current_user', '--json'], {
      variables,
      secrets,
    })
    expect(call.json()).toMatchObject({ success: true, data: { user: { username: 'alice' } } })
    const doctor = await runKosmoWith(['integrations:doctor', 'mattermost'], { variables, secrets })
    expect(doctor.stdout).toContain(`valid as @alice at ${town.account.url}`)
    // Row 27: without a keychain the token is where the person put it, and nowhere else.
    for (const file of filesIn(home)) {
      const isTheirs = file === join(place, 'accounts.json')
      expect(readFileSync(file).includes(town.account.token), file).toBe(isTheirs)
      expect(statSync(file).mode & 0o077, file).toBe(0)
    }
  })

  it('row 23: a client that is connected uses the new account with its next call', async () => {
    const [first, second] = [await openTown(), await openTown()]
    const { home, place } = newCliHome()
    await configure(place, home, first)
    await startBrokerProcess({ home: place })
    const { MATTERMOST_URL: _, MATTERMOST_ACCESS_TOKEN: __, ...env } = clientVariables(place, first.account)
    const client = await startReady({
      account: first.account,
      env,
      clientInfo: { name: 'raw', version: '1' },
    })
    await client.callTool('list_teams')
    const before = first.mattermost.requests.length
    await configure(place, home, second)
    await client.callTool('list_teams')
    expect(first.mattermost.requests.length).toBe(before)
    expect(second.mattermost.requests.some(({ path }) => path.endsWith('/teams'))).toBe(true)
    const variables = { HOME: home, KOSMO_HOME: place }
    await runKosmoWith(['integrations:mattermost', 'list_teams'], { variables })
    expect(first.mattermost.requests.length).toBe(before)
  })
})

describe('row 51: integrations:doctor', () => {
  it('says why a token does not work, and ends with 1; offline it asks nobody', async () => {
    const { account, mattermost } = await openTown()
    const { home, place } = newCliHome()
    const bad = { MATTERMOST_URL: account.url, MATTERMOST_ACCESS_TOKEN: 'x'.repeat(26) }
    const variables = { HOME: home, KOSMO_HOME: place, ...bad }
    const offline = await runKosmoWith(['integrations:doctor', 'mattermost', '--offline', '--json'], {
      variables,
    })
    expect(offline.code).toBe(0)
    expect(offline.json()).toMatchObject({ configured: true, live: { checked: false } })
    expect(mattermost.requests).toEqual([])
    const ran = await runKosmoWith(['integrations:doctor', '--json'], { variables })
    expect(ran.code).toBe(1)
    expect(ran.json()).toMatchObject({ mattermost: { live: { valid: false, code: 'unauthorized' } } })
    const none = await runKosmoWith(['integrations:doctor', 'mattermost', '--json'], {
      variables: { HOME: home, KOSMO_HOME: place },
    })
    expect(none.code).toBe(0)
    expect(none.json()).toMatchObject({ configured: false, missing_credentials: ['url', 'access_token'] })
    for (const key of KEYS) expect(none.json()).toHaveProperty(key)
  })
})

const KEYS = [
  'provider',
  'locally_runnable',
  'cli_setup_supported',
  'cli_runtime_supported',
  'auth_strategy',
  'host_availability',
  'runtime_requirements',
  'compatibility',
  'compatibility_summary',
  'enabled',
  'configured',
  'active',
  'missing_credentials',
  'accounts',
  'permissions',
  'function_count',
  'example_functions',
  'next_commands',
]

/** The JSON documents that came one behind the other. */
function documents(text: string): unknown[] {
  return text
    .split(/\n(?=[{[])/)
    .filter(part => part.trim() !== '')
    .map(part => JSON.parse(part) as unknown)
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
}
