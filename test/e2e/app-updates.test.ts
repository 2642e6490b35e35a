import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Updates } from '../../shared/protocol/update-methods.ts'
import { type AppPage, type DesktopApp, showWhole, startDesktopApp } from '../support/app/desktop-app.ts'
import { contentOf, openReleases, type Releases } from '../support/app/releases.ts'
import { startClient } from '../support/broker/broker-process.ts'
import { until } from '../support/broker/until.ts'
import { resultText } from '../support/mcp/rpc-line.ts'
import { openTown } from '../support/mcp/town.ts'

/* The real electron-updater, against a server of a test's own; the app takes itself for an AppImage. */

let app: DesktopApp
let settings: AppPage
let releases: Releases
const ends: (() => Promise<void>)[] = []
beforeAll(async () => {
  releases = await openReleases()
  ends.push(() => releases.remove())
  app = await startDesktopApp({ app: releases.app, env: releases.env, atEnd: end => ends.unshift(end) })
  settings = await app.settingsWindow()
})
afterAll(async () => {
  for (const end of ends) await end()
})

const POST = { channel_id: '~town-square', message: 'Release 1.2 is out' }
const updates = () => settings.value<Updates>('updates')
const look = () => settings.value<Updates>('lookForUpdates')
const reached = (kind: Updates['state']['kind']) =>
  until(`updates are ${kind}`, async () => {
    const { state } = await updates()
    return state.kind === kind && state
  })
/** The new version says where it was started, and how. */
const newVersion = ({ appImage } = releases) =>
  `#!/bin/sh\necho "ran $APPIMAGE_EXIT_AFTER_INSTALL" > "${appImage}.ran"\n`

it('asks nobody of itself, and takes neither an older version nor one before a release', async () => {
  expect(await updates()).toEqual({
    state: { kind: 'idle' },
    daily: false,
    held: null,
    canWaitForQuit: true,
  })
  expect(releases.asked).toEqual([])
  for (const version of ['0.0.1', '9.0.0-beta.1']) {
    releases.offer({ version, content: 'x' })
    expect((await look()).state).toMatchObject({ kind: 'newest' })
  }
})

it('says nothing of this computer to who is asked', async () => {
  releases.asked.length = 0
  await look()
  const [{ path, headers } = {}] = releases.asked
  expect(path).toBe('/latest-linux.yml')
  const { host: _, connection: _kept, ...told } = headers ?? {}
  expect(told).toEqual({
    'user-agent': 'electron-builder',
    'cache-control': 'no-cache',
    'x-user-staging-id': 'none',
  })
})

it('does not take what is not what was released, and leaves nothing of it', async () => {
  releases.offer({ version: '9.0.0', content: newVersion(), sha512: 'A'.repeat(86) })
  releases.asked.length = 0
  expect((await look()).state).toMatchObject({ kind: 'found', version: '9.0.0' })
  expect(releases.asked.map(({ path }) => path)).toEqual(['/latest-linux.yml'])
  await settings.value('downloadUpdate')
  expect(await reached('failed')).toMatchObject({
    why: expect.stringMatching(/^The new version was not downloaded: .*SHA-512 differs/),
  })
  expect(readdirSync(join(app.home, '.cache/kosmokrator-updater/pending'))).toEqual([])
  expect(contentOf(releases.appImage)).toBe('the old one')
  expect(await settings.call('installUpdate', { when: 'now' })).toMatchObject({ code: 'refused' })
})

it('installs what it was told to, and not while a post waits', async () => {
  releases.offer({ version: '9.0.0', content: newVersion(), notes: '<p>Safer</p><script>x</script>\u202e' })
  expect((await look()).state).toEqual({ kind: 'found', version: '9.0.0', notes: 'Safer\nx' })
  await settings.value('downloadUpdate')
  await reached('ready')
  expect(contentOf(releases.appImage)).toBe('the old one')

  const town = await openTown()
  const client = await startClient(app, town.account, { write: 'ask' })
  const called = client.callTool('create_post', POST).then(resultText)
  await settings.value('showApprovals')
  const window = await app.approvalWindow()
  const [request] = await showWhole(window)
  const held = 'A post waits for your answer. Decide on it first: to restart would drop it.'
  expect(await updates()).toMatchObject({ held })
  expect(await settings.call('installUpdate', { when: 'now' })).toEqual({
    kind: 'failed',
    code: 'refused',
    message: held,
  })
  await window.value('answer', {
    id: request?.id,
    answer: { kind: 'approve', span: 'once', reach: 'channel' },
  })
  expect(await called).toMatch(/^Posted /)
  await until('nothing is in the way', async () => (await updates()).held === null)

  await settings.call('installUpdate', { when: 'now' }).catch(() => undefined)
  expect({ code: await app.ended, ...app.output() }).toEqual({ code: 0, stdout: '', stderr: '' })
  expect(contentOf(releases.appImage)).toBe(newVersion())
  expect(await until('it runs', () => contentOf(`${releases.appImage}.ran`))).toBe('ran \n')
})

it('says in a sentence that nobody answers, and installs at its end where that was said', async () => {
  const other = await openReleases()
  ends.push(() => other.remove())
  const second = await startDesktopApp({ app: other.app, env: other.env, home: app.home })
  settings = await second.settingsWindow()
  await other.vanish()
  expect(await settings.value('setDailyLook', { on: true })).toMatchObject({ daily: true })
  // It was looked today.
  expect((await updates()).state).toEqual({ kind: 'idle' })
  expect((await look()).state).toEqual({
    kind: 'failed',
    why: 'It was not found out whether there is a newer version: the server could not be reached. Try again later.',
    found: null,
  })
  await other.comeBack()
  other.offer({ version: '9.0.0', content: newVersion(other) })
  await look()
  await settings.value('downloadUpdate')
  await reached('ready')
  expect(await settings.value('installUpdate', { when: 'quit' })).toMatchObject({ state: { atQuit: true } })
  expect(contentOf(other.appImage)).toBe('the old one')
  await second.control.quit().catch(() => undefined)
  expect({ code: await second.ended, ...second.output() }).toEqual({ code: 0, stdout: '', stderr: '' })
  expect(contentOf(other.appImage)).toBe(newVersion(other))
  // It was told to end at once.
  expect(contentOf(`${other.appImage}.ran`)).toBe('ran true\n')
})
