import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { hasKeyring } from '../../../setup/keyring.mjs'
import { openKeyring } from '../../../support/accounts/keyring.ts'
import { makeOriginalStore, type OriginalStoreOptions } from '../../../support/accounts/original-store.ts'
import { newHome } from '../../../support/broker/broker-process.ts'
import { runProgram } from '../../../support/clients/run-program.ts'
import { builtProgram, OLD_NODE } from '../../../support/mcp/program.ts'
import { openTown } from '../../../support/mcp/town.ts'

const CONFIG =
  'kosmo: {integrations: {mattermost: {enabled: true, permissions: {read: allow, write: allow}}}}'
const OLD_TOKEN = 'oldt0ken0ldt0ken0ldt0ken00'

type SetUp = Omit<OriginalStoreOptions, 'accounts'> & {
  accounts?: (account: { url: string; token: string }) => OriginalStoreOptions['accounts']
}

/** Somebody with an original store, and an account of a Mattermost in it. */
async function setUp({ accounts, ...options }: SetUp = {}) {
  const { account, mattermost } = await openTown()
  const fields = { access_token: account.token, url: account.url }
  const store = makeOriginalStore({ accounts: accounts?.(account) ?? { default: fields }, ...options })
  const place = newHome()
  const variables = { HOME: store.home, KOSMO_HOME: place, PATH: '/usr/bin:/bin', XDG_RUNTIME_DIR: place }
  const kosmo = (args: string[], more: Record<string, string> = {}, node = process.execPath) =>
    runProgram(node, [builtProgram(), ...args], { cwd: place, env: { ...variables, ...more } })
  const run = (...args: string[]) => kosmo(['credentials:import', '--yes', '--store=file', ...args])
  const settings = () => JSON.parse(readFileSync(join(place, 'settings.json'), 'utf8'))
  const secrets = () => readFileSync(join(place, 'accounts.json'), 'utf8')
  return { account, mattermost, store, place, variables, kosmo, run, settings, secrets }
}

describe('row 28: an original store', () => {
  it.each<[what: string, options: SetUp, variables: Record<string, string>]>([
    ['with plain values', {}, {}],
    ['with encrypted values and the key in its file', { encrypted: 'file' }, {}],
    [
      'with encrypted values and a secret in the environment',
      { encrypted: { secret: 'of mine' } },
      { KOSMO_CREDENTIAL_KEY: 'of mine' },
    ],
    ['that is all in its log, as after a crash', { crashed: true, encrypted: 'file' }, {}],
    ['under its old name', { legacy: true }, {}],
  ])('%s is imported, and left as it is, byte by byte', async (_what, options, variables) => {
    const { account, store, kosmo, secrets, settings } = await setUp({ config: CONFIG, ...options })
    const before = store.fingerprint()
    const ran = await kosmo(['credentials:import', '--yes', '--store=file'], variables)
    expect(ran).toMatchObject({ exitCode: 0, stderr: '' })
    expect(ran.stdout).toContain(`Imported default: @alice at ${account.url}.`)
    expect(ran.stdout).not.toContain(account.token)
    expect(secrets()).toContain(account.token)
    expect(settings().integrations.mattermost).toMatchObject({ enabled: true, read: 'allow', write: 'allow' })
    expect(store.fingerprint()).toEqual(before)
    // And it is an account like any other.
    const me = await kosmo(['integrations:call', 'mattermost.get_current_user', '--json'])
    expect(JSON.parse(me.stdout).data.user.username).toBe('alice')
  })

  it.skipIf(!existsSync(OLD_NODE))('also on the system’s Node', async () => {
    const { kosmo } = await setUp({ crashed: true, encrypted: 'file' })
    const ran = await kosmo(['credentials:import', '--dry-run'], {}, OLD_NODE)
    expect(ran).toMatchObject({
      exitCode: 0,
      stderr: '',
      stdout: expect.stringContaining('token encrypted: to be'),
    })
  })

  it.skipIf(!hasKeyring())('goes into the keychain where nobody says otherwise', async () => {
    const { account, kosmo, place } = await setUp()
    const keyring = await openKeyring()
    const home = { HOME: keyring.home, KOSMO_HOME: place }
    const from = `--from=${(await setUp()).store.home}`
    expect(account.token).toBeTruthy()
    const ran = await kosmo(['credentials:import', '--yes', '--json', '--no-verify', from], {
      ...keyring.variables,
      ...home,
    })
    expect(JSON.parse(ran.stdout)).toMatchObject({
      success: true,
      imported: [{ account: 'default', store: 'keychain' }],
    })
    expect(existsSync(join(place, 'accounts.json'))).toBe(false)
  })

  it('is shown without a value, and nothing is imported before somebody says so', async () => {
    const { account, kosmo, place, store } = await setUp({
      config: CONFIG,
      accounts: ({ url, token }) => ({
        default: { access_token: token, url },
        work: { api_token: token, base_url: `${url}/api/v4` },
        half: { url },
        blank: { access_token: token },
        'odd name': { access_token: token, url },
      }),
      more: { 'integration.plane.accounts.default.api_key': OLD_TOKEN, 'agent.mode': 'edit' },
    })
    const shown = await kosmo(['credentials:import', '--dry-run', '--json'])
    expect(JSON.parse(shown.stdout)).toEqual({
      success: false,
      database: store.database,
      accounts: [
        {
          account: 'blank',
          fields: ['access_token'],
          stored: 'plain',
          plan: 'skip',
          why: 'it has no url',
        },
        {
          account: 'default',
          fields: ['access_token', 'url'],
          server: account.url,
          stored: 'plain',
          plan: 'import',
        },
        {
          account: 'half',
          fields: ['url'],
          server: account.url,
          stored: 'encrypted',
          plan: 'skip',
          why: 'it has no access_token',
        },
        {
          account: 'odd name',
          fields: ['access_token', 'url'],
          server: account.url,
          stored: 'plain',
          plan: 'skip',
          why: expect.stringMatching(/^its name cannot be one here/),
        },
        {
          account: 'work',
          fields: ['access_token', 'url'],
          server: account.url,
          stored: 'plain',
          plan: 'import',
        },
      ],
      enabled: true,
      permissions: { read: 'allow', write: 'allow' },
      others: ['plane'],
      imported: [],
    })
    const silent = await kosmo(['credentials:import'])
    expect(silent).toMatchObject({ exitCode: 6, stderr: expect.stringMatching(/nothing was imported/) })
    expect(shown.stdout + silent.stdout + silent.stderr).not.toMatch(
      new RegExp(`${account.token}|${OLD_TOKEN}`),
    )
    expect(existsSync(join(place, 'settings.json'))).toBe(false)
  })

  it('a token that the server does not take is not stored, the others are', async () => {
    const { run, secrets, settings } = await setUp({
      accounts: ({ url, token }) => ({
        good: { access_token: token, url },
        stale: { access_token: OLD_TOKEN, url },
      }),
    })
    const ran = await run('--json')
    expect(ran.exitCode).toBe(1)
    expect(JSON.parse(ran.stdout)).toMatchObject({
      success: false,
      imported: [
        { account: 'good', store: 'file', user: '@alice' },
        { account: 'stale', failed: expect.stringMatching(/token/) },
      ],
    })
    expect(Object.keys(settings().integrations.mattermost.accounts)).toEqual(['good'])
    expect(secrets()).not.toContain(OLD_TOKEN)
    expect(ran.stdout).not.toContain(OLD_TOKEN)
  })

  it('keeps what is here already, unless it is to be replaced, and never makes it looser', async () => {
    const { account, run, kosmo, secrets, settings } = await setUp({ config: CONFIG })
    const set = [
      '--set',
      `url=${account.url}`,
      '--set',
      `access_token=${OLD_TOKEN}`,
      '--store=file',
      '--no-verify',
    ]
    await kosmo(['integrations:configure', 'mattermost', ...set, '--read', 'deny', '--write', 'ask'])
    const kept = await run()
    expect(kept).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(/kept as it is here[\s\S]*--replace/),
    })
    expect(secrets()).toContain(OLD_TOKEN)
    const replaced = await run('--replace')
    expect(replaced).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(
        /What was set here is stricter in parts, and stays\.[\s\S]*Imported default/,
      ),
    })
    expect(secrets()).toContain(account.token)
    expect(secrets()).not.toContain(OLD_TOKEN)
    expect(settings().integrations.mattermost).toMatchObject({ read: 'deny', write: 'ask' })
  })
})

describe('an original store that cannot be used', () => {
  it.each<[what: string, options: SetUp, variables: Record<string, string>, why: RegExp]>([
    [
      'another key',
      { encrypted: { secret: 'a' } },
      { KOSMO_CREDENTIAL_KEY: 'b' },
      /cannot be decrypted[\s\S]*KOSMO_CREDENTIAL_KEY/,
    ],
    ['no key', { encrypted: { secret: 'a' } }, {}, /cannot be decrypted/],
    [
      'a configuration that is no YAML',
      { config: 'kosmo: [' },
      {},
      /not valid YAML, so nobody knows what it forbids/,
    ],
    [
      'a server without TLS',
      { accounts: ({ token }) => ({ default: { access_token: token, url: 'http://chat.example.org' } }) },
      {},
      /plain http would send the token readable/,
    ],
  ])('%s: nothing is imported, and the sentence says why', async (_what, options, variables, why) => {
    const { kosmo, place, account, mattermost } = await setUp(options)
    const ran = await kosmo(['credentials:import', '--yes', '--store=file'], variables)
    expect(ran.exitCode).toBe(1)
    expect(ran.stdout + ran.stderr).toMatch(why)
    expect(ran.stdout + ran.stderr).not.toContain(account.token)
    expect(existsSync(join(place, 'accounts.json'))).toBe(false)
    expect(mattermost.requests).toEqual([])
  })

  it('there is none, it is another file, it is cut off, it has no such table', async () => {
    const { kosmo, store, place } = await setUp()
    const said = async (from: string) => {
      const { exitCode, stderr } = await kosmo(['credentials:import', '--yes', `--from=${from}`])
      return { exitCode, stderr }
    }
    const none = newHome()
    expect(await said(none)).toEqual({
      exitCode: 1,
      stderr: expect.stringMatching(/there is neither .*kosmo\.db nor .*kosmokrator\.db.*--from=PATH/),
    })
    const bad = join(none, 'bad.db')
    for (const bytes of [
      Buffer.from('no database'),
      readFileSync(store.database).subarray(0, 5_000),
      Buffer.alloc(0),
    ]) {
      writeFileSync(bad, bytes)
      expect(await said(bad)).toEqual({
        exitCode: 1,
        stderr: expect.stringMatching(/not a KosmoKrator database|damaged/),
      })
    }
    expect(existsSync(join(place, 'settings.json'))).toBe(false)
  })
})
