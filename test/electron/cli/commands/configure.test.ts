import { existsSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { openConfiguringPerson } from '../../../support/accounts/configuring-person.ts'
import { runConfigure } from '../../../support/accounts/run-configure.ts'

const json = (stdout: string): Record<string, unknown> => JSON.parse(stdout)

describe('permissions', () => {
  it('alone need no account and no server, and do not undo each other', async () => {
    const { run, text, mattermost } = await openConfiguringPerson()
    const first = await run(['--read', 'deny', '--json'])
    expect(json(first.stdout)).toMatchObject({
      configured: false,
      enabled: true,
      permissions: { read: 'deny', write: 'ask' },
      credentials_set: [],
    })
    const second = await run(['--disable', '--permissions=write:allow', '--json'])
    expect(json(second.stdout)).toMatchObject({
      enabled: false,
      permissions: { read: 'deny', write: 'allow' },
    })
    expect(JSON.parse(text('settings.json')).integrations.mattermost).toEqual({
      enabled: false,
      read: 'deny',
      write: 'allow',
      accounts: {},
    })
    expect(mattermost.requests).toEqual([])
  })

  it('stay as they are where an account is added', async () => {
    const { run, set } = await openConfiguringPerson()
    await run(['--disable', '--write=deny'])
    expect(json((await run([...set, '--json'])).stdout)).toMatchObject({
      enabled: false,
      permissions: { read: 'allow', write: 'deny' },
    })
  })
})

describe('list and remove', () => {
  it('tells accounts without secrets', async () => {
    const { run, set, url, token, both } = await openConfiguringPerson()
    expect((await run(['--list'])).stdout).toMatch(/no account here yet/)
    await run([...set, '--account=work'])
    const listed = json((await run(['--list', '--json'])).stdout)
    expect(listed).toMatchObject({
      success: true,
      accounts: [{ account: 'work', url, user: '@alice', store: 'file' }],
      permissions: { read: 'allow', write: 'ask' },
    })
    expect(JSON.stringify(listed)).not.toContain(token)
    expect((await run(['--remove'])).code).toBe(1)
    expect((await run(['--remove', '--account', 'work'])).code).toBe(0)
    expect(both()).not.toContain(token)
    expect((await run(['--list'])).stdout).toMatch(/no account here yet/)
  })
})

describe('wrong usage', () => {
  it.each([
    [[]],
    [['--json']],
    [['--account=work', '--store=file']],
    [['--read=ask']],
    [['--project', '--set', 'url=x']],
  ])('%j ends at once with 2, although stdin stays open', async args => {
    const { run, place } = await openConfiguringPerson()
    const ran = await run(args)
    expect(ran.code).toBe(2)
    if (args.includes('--json')) expect(json(ran.stdout)).toMatchObject({ success: false, code: 'usage' })
    else expect(ran).toMatchObject({ stdout: '', stderr: expect.stringMatching(/^kosmo: .*--help\.\n$/) })
    expect(existsSync(place)).toBe(false)
  })

  it('an integration that there is not is not quoted', async () => {
    const { variables, token } = await openConfiguringPerson()
    const ran = await runConfigure([token, '--json'], { variables })
    expect(ran.code).toBe(2)
    expect(json(ran.stdout)).toMatchObject({ error: expect.stringContaining('known: mattermost') })
    expect(ran.stdout + ran.stderr).not.toContain(token)
  })

  it('broken settings are left as they are', async () => {
    const { run, set, path, text } = await openConfiguringPerson()
    await run(set)
    writeFileSync(path('settings.json'), '{"version":')
    expect((await run(set)).stderr).toMatch(/settings.json: line 1/)
    expect(text('settings.json')).toBe('{"version":')
  })
})
