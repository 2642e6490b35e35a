import { mkdtempSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { keychainEnvironment } from '../../../../electron/broker/accounts/keychain-environment.ts'

const uid = process.getuid?.()

it('passes on what a keychain needs and nothing else', () => {
  const variables = {
    PATH: '/bin',
    HOME: '/h',
    MATTERMOST_ACCESS_TOKEN: 't',
    NODE_OPTIONS: '-r x',
    LANG: undefined,
  }
  expect(keychainEnvironment({ ...variables, DBUS_SESSION_BUS_ADDRESS: 'unix:path=/b' }, uid)).toEqual({
    PATH: '/bin',
    HOME: '/h',
    DBUS_SESSION_BUS_ADDRESS: 'unix:path=/b',
  })
})

it.skipIf(uid === undefined)('takes a bus of our own in the runtime folder, and nobody else’s', async () => {
  const runtime = mkdtempSync(join(tmpdir(), 'kosmo-run-'))
  const bus = join(runtime, 'bus')
  const found = (owner = uid) =>
    keychainEnvironment({ XDG_RUNTIME_DIR: runtime }, owner).DBUS_SESSION_BUS_ADDRESS
  expect(found()).toBeUndefined()
  const server = createServer().listen(bus)
  onTestFinished(() => void server.close())
  await new Promise(resolve => server.once('listening', resolve))
  expect(found()).toBe(`unix:path=${bus}`)
  expect(found((uid ?? 0) + 1)).toBeUndefined()
})

it('does not take a plain file for a bus', () => {
  const runtime = mkdtempSync(join(tmpdir(), 'kosmo-run-'))
  writeFileSync(join(runtime, 'bus'), '')
  expect(keychainEnvironment({ XDG_RUNTIME_DIR: runtime }, uid)).toEqual({ XDG_RUNTIME_DIR: runtime })
})
