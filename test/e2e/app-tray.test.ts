import { writeFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DesktopApp, showWhole, startDesktopApp } from '../support/app/desktop-app.ts'
import { startClient } from '../support/broker/broker-process.ts'
import { until } from '../support/broker/until.ts'
import { type Desktop, openDesktop } from '../support/desktop/desktop-session.ts'
import { TrayIcon } from '../support/desktop/tray-icon.ts'
import { resultText } from '../support/mcp/rpc-line.ts'
import { openTown } from '../support/mcp/town.ts'

let desktop: Desktop
let app: DesktopApp
let tray: TrayIcon
const ends: (() => Promise<void>)[] = []
beforeAll(async () => {
  desktop = await openDesktop({ notifications: 'none' })
  ends.push(() => desktop.stop())
  app = await startDesktopApp({ desktop, args: ['--hidden'], atEnd: end => ends.unshift(end) })
  tray = await TrayIcon.of(desktop.bus, app.pid)
})
afterAll(async () => {
  for (const end of ends) await end()
})

const POST = { channel_id: '~town-square', message: 'Release 1.2 is out' }
const chosen = async () =>
  (await tray.menu()).filter(({ checked, kind }) => checked && kind === 'radio').map(({ label }) => label)
const says = async (tip: RegExp) => tip.test(await tray.toolTip())
const saysTip = (tip: RegExp) => until(`the tray says ${tip}`, () => says(tip))

/** Picks an entry until it has done what it does: a menu that was drawn anew meanwhile has another in its place. */
async function choose(isDone: () => Promise<boolean>, ...labels: (string | RegExp)[]): Promise<void> {
  await until(`${labels.join(' › ')} is done`, async () => {
    await tray.pick(...labels).catch(() => undefined)
    return until('done', isDone, 1_000).catch(() => false)
  })
}

const boxes = async () =>
  (await app.control.calls()).filter(({ name }) => name === 'dialog.showMessageBox').length

/** Picks what asks a question, and answers it. */
async function pickAndSay(response: number, ...labels: (string | RegExp)[]): Promise<void> {
  await pickAndTick(response, false, ...labels)
}

/** The same, with what stands beside a box ticked or not. */
async function pickAndTick(
  response: number,
  checkboxChecked: boolean,
  ...labels: (string | RegExp)[]
): Promise<void> {
  const before = await boxes()
  await app.control.answerDialog('showMessageBox', { response, checkboxChecked })
  await until('it asks', async () => {
    await tray.pick(...labels).catch(() => undefined)
    return (await boxes()) > before
  })
}

describe('the tray', () => {
  it('says how things stand, and its switch holds for the next call of a running client', async () => {
    await saysTip(/Ask me/)
    const asks = (await tray.pictures())[0]?.argb
    const town = await openTown()
    const client = await startClient(app, town.account, { write: 'ask' })
    await choose(() => says(/Read-only/), 'Read-only')
    expect(await chosen()).toEqual(['Read-only'])
    expect((await tray.pictures())[0]?.argb.equals(asks ?? Buffer.alloc(0))).toBe(false)
    expect(resultText(await client.callTool('create_post', POST))).toMatch(/switch for all writes is at deny/)
    expect(town.posted()).toEqual([])
    await choose(() => says(/Ask me/), 'Ask me')
    const called = client.callTool('create_post', POST).then(resultText)
    await saysTip(/1 post waits for you/)
    const window = await app.approvalWindow()
    const [request] = await showWhole(window)
    const { id } = await app.facts('kosmo://app/approval/')
    await choose(async () => (await app.facts(id)).focused, /^raw → ~town-square$/)
    await window.value('answer', {
      id: request?.id,
      answer: { kind: 'approve', span: 'once', reach: 'channel' },
    })
    expect(await called).toMatch(/^Posted /)
    await saysTip(/Ask me/)
    await tray.entry('Recent activity', /create post · ok/)
  })

  it('has every client with its own policy', async () => {
    const town = await openTown()
    await startClient(app, town.account, { write: 'ask', name: 'R&D_agent' })
    const client = /^R D_agent, /
    const settings = await opened()
    const set = async (policy: string | undefined) => {
      const { overrides } = await settings.value<{ overrides: { client: string; policy: string }[] }>(
        'policy',
      )
      return overrides.find(each => each.client === 'R&D_agent')?.policy === policy
    }
    await choose(() => set('deny'), client, 'Read-only')
    await until('it shows', async () => (await tray.entry(client, 'Read-only')).checked)
    // To let somebody post unasked takes a word more.
    await pickAndSay(1, client, 'Allow')
    await until('it stays', async () => (await tray.entry(client, 'Read-only')).checked)
    expect(await set('deny')).toBe(true)
    await pickAndSay(0, client, 'Allow')
    await until('it is set', () => set('allow'))
    await choose(() => set(undefined), client, /^As configured/)
  })

  it('opens the windows, and sets start at login', async () => {
    await choose(async () => (await app.facts('kosmo://app/settings/')).focused, 'Connect Codex…')
    expect((await tray.entry('Start at login')).checked).toBe(false)
    const settings = await opened()
    const isOn = async () => (await settings.value<{ kind: string }>('loginItem')).kind === 'on'
    await tray.pick('Start at login')
    await until('it is on', isOn)
    expect(await settings.value('setLoginItem', { on: false })).toEqual({ kind: 'off' })
    await until('it is off', async () => !(await tray.entry('Start at login')).checked)
    expect(await settings.value('desktop')).toEqual({
      notifications: { kind: 'missing', why: expect.stringMatching(/shows no notifications/) },
      tray: { kind: 'ok' },
    })
  })

  it('shows trouble while there is some', async () => {
    const path = `${app.home}/settings.json`
    writeFileSync(path, '{', { mode: 0o600 })
    await saysTip(/something is wrong/)
    await tray.entry(/^⚠ The settings cannot be read/)
    expect(await chosen()).toEqual(['Read-only'])
    const before = await boxes()
    await pickAndSay(0, 'Allow')
    await until('it says why not', async () => (await boxes()) === before + 2)
    await app.control.answerDialog('showMessageBox', { response: 0 })
    writeFileSync(path, '{ "version": 1 }', { mode: 0o600 })
    await saysTip(/Ask me/)
    expect(await chosen()).toEqual(['Ask me'])
  })

  it('an Allow that an account holds back says so, and lifts that where it is ticked', async () => {
    const account = {
      store: 'file',
      url: 'https://chat.acme.dev',
      user: '@ada',
      changedAt: '2026-01-01T00:00:00Z',
    }
    const integrations = { mattermost: { write: 'ask', accounts: { default: account } } }
    const path = `${app.home}/settings.json`
    writeFileSync(path, JSON.stringify({ version: 1, integrations }))
    const settings = await opened()
    type Stood = { ceiling: string; heldBack: { integration: string }[] }
    const stands = () => settings.value<Stood>('policy')
    await until('it is read', async () => (await stands()).heldBack.length === 1)
    await pickAndSay(0, 'Allow')
    await until('it is at Allow', async () => (await stands()).ceiling === 'allow')
    expect((await stands()).heldBack).toHaveLength(1)
    const asked = (await app.control.calls()).filter(({ name }) => name === 'dialog.showMessageBox').at(-1)
    expect(JSON.stringify(asked)).toMatch(/no client to Allow yet.*from Mattermost \(@ada\) too/s)
    await choose(() => says(/Ask me/), 'Ask me')
    await pickAndTick(0, true, 'Allow')
    await until('it is lifted', async () => (await stands()).heldBack.length === 0)
    await choose(() => says(/Ask me/), 'Ask me')
  })

  it('quits the app', async () => {
    // It is gone before it has answered.
    await tray.pick('Quit KosmoKrator').catch(() => undefined)
    const code = await app.ended
    expect({ code, ...app.output() }).toEqual({ code: 0, stdout: '', stderr: '' })
  })
})

async function opened() {
  await choose(async () => (await app.windows()).some(({ url }) => url.includes('settings')), 'Settings…')
  return app.settingsWindow()
}

it('without a tray the app says so once, not at login where it may still come, and works', async () => {
  const bare = await openDesktop({ tray: 'none' })
  ends.push(() => bare.stop())
  const parts = {
    notifications: { kind: 'ok' },
    tray: { kind: 'missing', why: expect.stringMatching(/shows no tray icons/) },
  }
  const service = bare.notifications
  const told = () => service?.all().filter(({ title }) => title === 'KosmoKrator is running').length
  const atLogin = await startDesktopApp({ desktop: bare, args: ['--hidden'] })
  expect((await atLogin.launchAgain([])).code).toBe(0)
  expect(await (await atLogin.settingsWindow()).value('desktop')).toMatchObject(parts)
  expect(told()).toBe(0)
  await atLogin.stop()
  const first = await startDesktopApp({ desktop: bare, home: atLogin.home })
  await until('it is told', () => told() === 1)
  expect(await (await first.settingsWindow()).value('desktop')).toMatchObject(parts)
  await first.stop()
  const again = await startDesktopApp({ desktop: bare, home: first.home })
  await (await again.settingsWindow()).value('desktop')
  expect(told()).toBe(1)
})
