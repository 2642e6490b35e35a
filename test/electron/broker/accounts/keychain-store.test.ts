import { copyFileSync, mkdtempSync, readFileSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openKeychainStore } from '../../../../electron/broker/accounts/keychain-store.ts'
import { hasKeyring } from '../../../setup/keyring.mjs'
import { fakeHelper, HELPER_SOURCE, helper } from '../../../support/accounts/helper.ts'
import { openKeyring } from '../../../support/accounts/keyring.ts'

const KEY = 'mattermost/default'
const TOKEN = 'k3ych41nt0k3nk3ych41nt0k3n'

describe.skipIf(!hasKeyring())('a real gnome-keyring (skipped where it is not installed)', () => {
  it('keeps, replaces and removes a value, each key its own', async () => {
    const { variables } = await openKeyring()
    const store = openKeychainStore({ variables, helper })
    expect(await store.get(KEY)).toBeUndefined()
    await store.set(KEY, `{"token":"${TOKEN}"}`)
    await store.set('mattermost/work', 'other')
    expect(await store.get(KEY)).toBe(`{"token":"${TOKEN}"}`)
    await store.set(KEY, 'näxt 🔑')
    expect(await store.get(KEY)).toBe('näxt 🔑')
    expect(await store.remove(KEY)).toBe(true)
    expect(await store.remove(KEY)).toBe(false)
    expect(await store.get(KEY)).toBeUndefined()
    expect(await store.get('mattermost/work')).toBe('other')
  })

  it('finds the bus where systemd puts it, for clients that clear the environment', async () => {
    const { variables, home } = await openKeyring()
    const { DBUS_SESSION_BUS_ADDRESS: address = '', ...cleared } = variables
    await openKeychainStore({ variables, helper }).set(KEY, TOKEN)
    const socket = /unix:path=([^,]+)/.exec(address)?.[1] ?? ''
    symlinkSync(socket, join(home, 'runtime', 'bus'))
    expect(await openKeychainStore({ variables: cleared, helper }).get(KEY)).toBe(TOKEN)
  })

  it('locked: says so and stores nothing, however it is asked', async () => {
    const keyring = await openKeyring()
    const store = openKeychainStore({ variables: keyring.variables, helper })
    await store.set(KEY, TOKEN)
    keyring.lock()
    const locked = /keychain cannot be used: it is locked.*Unlock it.*--store=file/
    await expect(store.get(KEY)).rejects.toThrow(locked)
    await expect(store.set(KEY, 'another')).rejects.toThrow(locked)
    await expect(store.remove(KEY)).rejects.toThrow(locked)
  })

  it('locked, with a question that nobody answers: ends in time', async () => {
    const keyring = await openKeyring({ prompter: 'hangs' })
    await openKeychainStore({ variables: keyring.variables, helper }).set(KEY, TOKEN)
    keyring.lock()
    const store = openKeychainStore({ variables: keyring.variables, helper, timeoutMs: 1_500 })
    await expect(store.get(KEY)).rejects.toThrow(
      /did not answer within 1.5 seconds; it may be locked.*--store=file/,
    )
  })

  it('a bus that hangs, which stops a whole process, does not stop ours', async () => {
    const keyring = await openKeyring()
    keyring.signal('bus', 'SIGSTOP')
    const store = openKeychainStore({ variables: keyring.variables, helper, timeoutMs: 1_500 })
    let ticks = 0
    const ticking = setInterval(() => ticks++, 100)
    await expect(store.get(KEY)).rejects.toThrow(/did not answer within 1.5 seconds/)
    clearInterval(ticking)
    expect(ticks).toBeGreaterThan(5)
  })

  it('a keyring that hangs or was killed', async () => {
    const keyring = await openKeyring()
    const store = openKeychainStore({ variables: keyring.variables, helper })
    await store.set(KEY, TOKEN)
    keyring.signal('keyring', 'SIGSTOP')
    await expect(store.get(KEY)).rejects.toThrow(/its service does not answer/)
    keyring.signal('keyring', 'SIGKILL')
    await expect(store.get(KEY)).rejects.toThrow(/no secret service is running.*gnome-keyring/)
  })

  it('a session without a secret service', async () => {
    const { variables } = await openKeyring({ keyring: 'none' })
    await expect(openKeychainStore({ variables, helper }).set(KEY, TOKEN)).rejects.toThrow(
      /no secret service is running/,
    )
  })
})

describe.skipIf(process.platform !== 'linux')('without a session', () => {
  const bare = { HOME: '/nowhere', PATH: '/usr/bin:/bin', XDG_RUNTIME_DIR: '/nowhere' }

  it.each([
    ['no bus', bare],
    ['a bus that is gone', { ...bare, DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nowhere/bus' }],
  ])('%s is a sentence, and not the keyring of the kernel', async (_name, variables) => {
    const store = openKeychainStore({ variables, helper })
    const why = /there is no D-Bus session here.*--store=file/
    await expect(store.set(KEY, TOKEN)).rejects.toMatchObject({ code: 'not_configured' })
    await expect(store.set(KEY, TOKEN)).rejects.toThrow(why)
    await expect(store.get(KEY)).rejects.toThrow(why)
  })

  it('the native part is missing', async () => {
    const alone = join(mkdtempSync(join(tmpdir(), 'kosmo-alone-')), 'keychain-helper.ts')
    copyFileSync(HELPER_SOURCE, alone)
    const store = openKeychainStore({ variables: bare, helper: { command: process.execPath, args: [alone] } })
    await expect(store.get(KEY)).rejects.toThrow(/native part of @napi-rs\/keyring.*is missing.*--store=file/)
  })
})

describe('the helper', () => {
  it.each([
    ['cannot be started', { command: '/nowhere/node', args: [] }],
    ['is not there', { command: process.execPath, args: ['/nowhere/helper.cjs'] }],
    ['ends at once', fakeHelper('process.exit(0)')],
    ['ends when asked', fakeHelper("process.on('message', () => process.exit(1))")],
  ])('%s: a sentence', async (_name, broken) => {
    const store = openKeychainStore({ variables: process.env, helper: broken })
    await expect(store.set(KEY, TOKEN)).rejects.toThrow(/could not be started or ended without an answer/)
  })

  it('has a value in no argument and no variable, and no token of the environment either', async () => {
    const out = join(mkdtempSync(join(tmpdir(), 'kosmo-seen-')), 'seen')
    const spy = fakeHelper(
      `require('fs').writeFileSync(${JSON.stringify(out)}, JSON.stringify([process.argv, process.env]));process.on('message', () => process.send({kind:'stored'}))`,
    )
    const variables = { ...process.env, MATTERMOST_ACCESS_TOKEN: TOKEN, NODE_OPTIONS: '--no-warnings' }
    await openKeychainStore({ variables, helper: spy }).set(KEY, TOKEN)
    const seen = readFileSync(out, 'utf8')
    expect(seen).toContain('PATH')
    expect(seen).not.toContain(TOKEN)
    expect(seen).not.toContain('NODE_OPTIONS')
  })

  it('one that hangs is killed, and with it the question that it asks', async () => {
    const out = join(mkdtempSync(join(tmpdir(), 'kosmo-hangs-')), 'pid')
    const hanging = fakeHelper(
      `require('fs').writeFileSync(${JSON.stringify(out)}, String(process.pid));process.on('message', () => { for (;;); })`,
    )
    const store = openKeychainStore({ variables: process.env, helper: hanging, timeoutMs: 1_500 })
    await expect(store.get(KEY)).rejects.toThrow(/did not answer within 1.5 seconds/)
    const pid = Number(readFileSync(out, 'utf8'))
    await expect.poll(() => isRunning(pid)).toBe(false)
  })

  it('a keychain that does not keep what it was given', async () => {
    const forgetful = fakeHelper("process.on('message', () => process.send({kind:'changed'}))")
    await expect(
      openKeychainStore({ variables: process.env, helper: forgetful }).set(KEY, TOKEN),
    ).rejects.toThrow(/did not keep what it was given/)
  })
})

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
