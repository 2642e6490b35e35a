import { execFileSync } from 'node:child_process'
import { chmodSync, existsSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { hasKeyring } from '../../../setup/keyring.mjs'
import { openConfiguringPerson } from '../../../support/accounts/configuring-person.ts'
import { openKeyring } from '../../../support/accounts/keyring.ts'
import { configureWords, runConfigure, runShell } from '../../../support/accounts/run-configure.ts'
import { openTown } from '../../../support/mcp/town.ts'

const json = (stdout: string): Record<string, unknown> => JSON.parse(stdout)

describe.skipIf(!hasKeyring())('with a keychain (skipped where gnome-keyring is not installed)', () => {
  it("the line of the product's page works verbatim, and the token is in the keychain alone", async () => {
    const { url, token, home } = await openConfiguringPerson()
    const keyring = await openKeyring()
    const place = join(home, 'kosmo')
    const variables = { ...keyring.variables, KOSMO_HOME: place }
    const line =
      'integrations:configure mattermost --set access_token="$MATTERMOST_ACCESS_TOKEN" --enable --read allow --write ask --json'
    const command = configureWords().map(word => `'${word}'`)
    const ran = await runShell(line.replace('integrations:configure', command.join(' ')), {
      variables: { ...variables, MATTERMOST_ACCESS_TOKEN: token, MATTERMOST_URL: url },
    })
    expect(ran.code).toBe(0)
    expect(json(ran.stdout)).toEqual({
      success: true,
      provider: 'mattermost',
      account: 'default',
      scope: 'global',
      credentials_set: ['access_token'],
      credentials_unset: [],
      enabled: true,
      configured: true,
      cli_setup_supported: true,
      cli_runtime_supported: true,
      permissions: { read: 'allow', write: 'ask' },
      url,
      store: 'keychain',
      user: '@alice',
      teams: ['engineering'],
    })
    expect(ran.stderr.match(/list of processes/g)).toHaveLength(1)
    expect(ran.stdout + ran.stderr).not.toContain(token)
    expect(grep(token, place)).toEqual([])
    expect(grep(token, keyring.home)).toEqual([])
    // The URL comes from the account from here on, not from the environment.
    const again = await runConfigure(['mattermost', '--set', `access_token=${token}`, '--json'], {
      variables: { ...variables, MATTERMOST_URL: 'http://127.0.0.1:1' },
    })
    expect(json(again.stdout)).toMatchObject({ success: true, url })
    const removed = await runConfigure(['mattermost', '--remove', '--json'], { variables })
    expect(json(removed.stdout)).toMatchObject({ success: true, removed: true })
    expect((await runConfigure(['mattermost', '--remove'], { variables })).code).toBe(1)
  })

  it('a locked keychain stores nothing and is never replaced by a file', async () => {
    const { url, token, home } = await openConfiguringPerson()
    const keyring = await openKeyring()
    keyring.lock()
    const place = join(home, 'kosmo')
    const ran = await runConfigure(['mattermost', '--stdin-json', '--json'], {
      variables: { ...keyring.variables, KOSMO_HOME: place },
      stdin: JSON.stringify({ set: { url, access_token: token } }),
    })
    expect(ran.code).toBe(1)
    expect(json(ran.stdout)).toMatchObject({
      success: false,
      code: 'not_configured',
      error: expect.stringMatching(/locked.*--store=file/),
    })
    expect(existsSync(place)).toBe(false)
  })
})

describe.skipIf(process.platform !== 'linux')('without a keychain', () => {
  it('says so and writes nothing', async () => {
    const { run, url, token, place } = await openConfiguringPerson()
    const stdin = JSON.stringify({ set: { url, access_token: token } })
    const ran = await run(['--stdin-json'], { stdin })
    expect(ran).toMatchObject({ code: 1, stdout: '' })
    expect(ran.stderr).toMatch(/no D-Bus session here.*--store=file/)
    expect(ran.stderr).not.toContain(token)
    expect(existsSync(place)).toBe(false)
  })
})

describe('storing', () => {
  it('asks the server first, tells whose token it is and where it is kept; the file is its owner’s alone', async () => {
    const { run, set, url, token, path, text, mattermost } = await openConfiguringPerson()
    const ran = await run(set)
    expect(ran.code).toBe(0)
    expect(ran.stdout).toContain(`@alice at ${url}, teams engineering`)
    expect(ran.stdout).toMatch(/accounts.json, a plain file that only you can read/)
    expect(ran.stdout).toMatch(/Enabled; read: allow, write: ask/)
    expect(ran.stdout + ran.stderr).not.toContain(token)
    expect(statSync(path('accounts.json')).mode & 0o777).toBe(0o600)
    expect(text('settings.json')).not.toContain(token)
    expect(mattermost.requestsTo('GET', /users\/me$/)).toHaveLength(1)
  })

  it.each([
    ['a wrong token', ['--set', 'access_token=wr0ngwr0ngwr0ngwr0ngwr0ng1'], 'unauthorized'],
    ['a server that is not there', ['--set', 'url=http://127.0.0.1:1'], 'network'],
    ['no URL at all', ['--set', 'url=nowhere'], 'not_configured'],
    ['limits that cannot be read', ['--set', 'scope=a/b/c'], 'not_configured'],
    [
      'authorities that are not there',
      ['--set', 'ca_file=/nowhere.pem', '--set', 'url=https://127.0.0.1:1'],
      /./,
    ],
  ])('%s stores nothing', async (_what, wrong, code) => {
    const { run, set, token, place, both } = await openConfiguringPerson()
    const ran = await run([...set, ...wrong, '--json'])
    expect(ran.code).toBe(1)
    expect(json(ran.stdout)).toMatchObject({ success: false, code: expect.stringMatching(code) })
    expect(ran.stdout + ran.stderr).not.toMatch(new RegExp(`${token}|wr0ng`))
    expect(existsSync(place)).toBe(false)
    // Neither where there is an account already.
    await run(set)
    const before = both()
    expect((await run([...set, ...wrong])).code).toBe(1)
    expect(both()).toBe(before)
  })

  it('--no-verify sends nothing, and still refuses what cannot be', async () => {
    const { run, set, mattermost, place } = await openConfiguringPerson()
    expect((await run([...set, '--set', 'scope=a/b/c', '--no-verify'])).code).toBe(1)
    expect(existsSync(place)).toBe(false)
    const ran = await run([...set, '--no-verify', '--json'])
    expect(json(ran.stdout)).toMatchObject({ success: true, configured: true })
    expect(json(ran.stdout)).not.toHaveProperty('user')
    expect(mattermost.requests).toEqual([])
  })

  it('a stored token goes to no other server', async () => {
    const { run, set, url, both } = await openConfiguringPerson()
    const other = await openTown()
    await run(set)
    const before = both()
    const away = await run(['--set', `url=${other.account.url}`, '--json'])
    expect(json(away.stdout)).toMatchObject({
      success: false,
      code: 'invalid_input',
      error: expect.stringContaining(`is for ${url} and is sent nowhere else`),
    })
    expect((await run(['--set', `url=${other.account.url}`, '--no-verify'])).code).toBe(1)
    expect(other.mattermost.requests).toEqual([])
    expect(both()).toBe(before)
    const both_ = ['--set', `url=${other.account.url}`, '--set', `access_token=${other.account.token}`]
    expect((await run(both_)).code).toBe(0)
  })

  it('says which value is missing, and how to give it', async () => {
    const { run, token, url } = await openConfiguringPerson()
    const noUrl = await run(['--set', `access_token=${token}`, '--store=file', '--json'])
    expect(json(noUrl.stdout)).toMatchObject({ success: false, error: expect.stringContaining('--set url=') })
    const noToken = await run(['--set', `url=${url}`, '--store=file'])
    expect(noToken.stderr).toContain('--set access_token=')
    const unsetVariable = await run(['--set', 'access_token='])
    expect(unsetVariable.code).toBe(2)
    expect(unsetVariable.stderr).toContain('access_token is empty (is MATTERMOST_ACCESS_TOKEN set?)')
  })

  it('sets and takes away limits and the way to the server, and keeps the rest', async () => {
    const { run, set, text } = await openConfiguringPerson()
    await run([...set, '--set', 'scope=engineering', '--set', 'proxy=http://127.0.0.1:9', '--no-verify'])
    const secret = () => JSON.parse(JSON.parse(text('accounts.json')).secrets['mattermost/default'])
    expect(secret()).toMatchObject({
      credentials: { scope: 'engineering' },
      variables: { MATTERMOST_PROXY: 'http://127.0.0.1:9' },
    })
    const ran = await run(['--unset', 'proxy', '--unset', 'ca_file', '--json'])
    expect(json(ran.stdout)).toMatchObject({ credentials_unset: ['proxy'], user: '@alice' })
    expect(secret()).toMatchObject({ credentials: { scope: 'engineering' }, variables: {} })
    expect((await run(['--unset', 'access_token'])).code).toBe(2)
    expect((await run(['--set', 'colour=red'])).stderr).toMatch(
      /consists of url, access_token, scope, ca_file/,
    )
  })

  it('--stdin-json keeps the token out of arguments', async () => {
    const { run, url, token, mattermost } = await openConfiguringPerson()
    const body = {
      account: 'work',
      credentials: { url, access_token: token },
      permissions: { write: 'deny' },
    }
    const gate = mattermost.faults.hold({ path: /users\/me$/ })
    const running = run(['--stdin-json', '--store=file', '--json'], { stdin: JSON.stringify(body) })
    await gate.arrived
    const own = execFileSync('ps', ['-ww', '-o', 'args=', '--ppid', String(process.pid)], {
      encoding: 'utf8',
    })
    expect(own).toContain('--stdin-json')
    expect(own).not.toContain(token)
    gate.release()
    const ran = await running
    expect(ran.stderr).not.toContain('list of processes')
    expect(json(ran.stdout)).toMatchObject({ account: 'work', permissions: { read: 'allow', write: 'deny' } })
    expect(ran.stdout + ran.stderr).not.toContain(token)
  })
})

describe('an account whose file cannot be used', () => {
  it('is not replaced quietly', async () => {
    const { run, set, path, text, url, token } = await openConfiguringPerson()
    await run([...set, '--set', 'scope=engineering'])
    chmodSync(path('accounts.json'), 0o644)
    const before = text('accounts.json')
    const ran = await run(['--set', 'scope=ops', '--json'])
    expect(json(ran.stdout)).toMatchObject({ success: false, error: expect.stringContaining('chmod 600') })
    expect(text('accounts.json')).toBe(before)
    writeFileSync(path('accounts.json'), '{"version":1,"secrets":{"mattermost/default":"odd"}}')
    chmodSync(path('accounts.json'), 0o600)
    const anew = await run(['--set', `url=${url}`, '--set', `access_token=${token}`, '--json'])
    expect(json(anew.stdout)).toMatchObject({
      success: true,
      warnings: [expect.stringMatching(/could not be read, so it has no scope, ca_file, proxy now/)],
    })
  })
})

/** Files below a folder that hold a text. */
function grep(text: string, folder: string): string[] {
  try {
    return execFileSync('grep', ['-rlF', text, folder], { encoding: 'utf8' }).trim().split('\n')
  } catch {
    return []
  }
}
