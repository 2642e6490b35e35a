import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { desktopLacks } from '../setup/desktop.mjs'
import { until } from '../support/broker/until.ts'
import { type Desktop, openDesktop } from '../support/desktop/desktop-session.ts'
import { TrayIcon } from '../support/desktop/tray-icon.ts'
import { type Fixture, startFixture } from '../support/electron-host/start-fixture.ts'

const lacks = desktopLacks()

describe.skipIf(lacks !== undefined)(`the double of Electron${lacks ? ` (skipped: ${lacks})` : ''}`, () => {
  let desktop: Desktop
  let app: Fixture
  let page: Page

  beforeAll(async () => {
    desktop = await openDesktop()
    app = await startFixture({ desktop })
    page = await app.window('Fixture')
    await page.waitForFunction('window.pageIsReady')
  })
  afterAll(async () => {
    await app.stop()
    await desktop.stop()
  })

  const inPage = (code: string) => page.evaluate(`(async () => ${code})()`)

  describe('a page', () => {
    it('sees what its preload exposes, frozen, and nothing else of the preload or of Electron', async () => {
      const names = '[typeof require, typeof process, typeof module, typeof ipcRenderer]'
      expect(await inPage(names)).toEqual(Array(4).fill('undefined'))
      expect(await inPage('Object.keys(window).filter(key => /electron/i.test(key))')).toEqual([])
      expect(await inPage('fixture.facts')).toEqual({ numbers: [1, 2, 3], platform: 'linux' })
      expect(await inPage('[fixture, fixture.facts, fixture.facts.numbers].map(Object.isFrozen)')).toEqual(
        Array(3).fill(true),
      )
      expect(await inPage('{ fixture = 1; return typeof fixture }')).toBe('object')
    })

    it('calls the preload at once, gets promises and errors of its own world, and may hand over callbacks', async () => {
      expect(await inPage('fixture.add(2, 3)')).toBe(5)
      expect(await inPage('(await fixture.later(new Map([[1, new Date(0)]]))).get(1).getTime()')).toBe(0)
      const caught =
        '{ try { fixture.refuse() } catch (error) { return [error instanceof Error, String(error)] } }'
      expect(await inPage(caught)).toEqual([true, 'TypeError: not this'])
      await inPage("fixture.say('hello')")
      await page.getByText('HELLO 1').waitFor()
    })

    it('is held to the Content-Security-Policy of the response', async () => {
      expect(await inPage('[window.inlineRan, window.pageIsReady]')).toEqual([undefined, true])
      expect(await inPage("fetch('http://127.0.0.1:1/').catch(error => error.name)")).toBe('TypeError')
      const refused =
        "new Promise(resolve => addEventListener('securitypolicyviolation', e => resolve(e.blockedURI)))"
      expect(
        await inPage(`{ const seen = ${refused}; fetch('http://127.0.0.1:1/').catch(() => 0); return seen }`),
      ).toBe('http://127.0.0.1:1/')
    })

    it('follows the theme of the system, unless the app chose another', async () => {
      const background = () =>
        page.evaluate("getComputedStyle(document.body).backgroundColor === 'rgb(0, 0, 0)'")
      await app.control.setSystemDark(true)
      await until('a dark page', background)
      await app.invoke('theme', 'light')
      await until('a light page', async () => !(await background()))
      await app.invoke('theme', 'system')
      await until('a dark page', background)
      await app.control.setSystemDark(false)
    })
  })

  describe('ipc', () => {
    it('clones what goes each way', async () => {
      const checks = `{
        const value = { date: new Date(5), map: new Map([['a', new Set([1n])]]), bytes: new Uint8Array([1, 2]), nothing: undefined, nan: NaN }
        value.self = value
        const back = await fixture.invoke('echo', value)
        return [back !== value, back.date.getTime(), [...back.map.get('a')].map(String), [...back.bytes], 'nothing' in back, back.nan, back.self === back]
      }`
      expect(await inPage(checks)).toEqual([true, 5, ['1'], [1, 2], true, Number.NaN, true])
    })

    it.each([
      ['echo', '() => 1', 'An object could not be cloned.'],
      [
        'uncloneable',
        '1',
        "Error invoking remote method 'uncloneable': Error: An object could not be cloned.",
      ],
      ['fail', '1', "Error invoking remote method 'fail': RangeError: too much"],
      ['none', '1', "Error invoking remote method 'none': Error: No handler registered for 'none'"],
      [
        'twice',
        '1',
        "Error invoking remote method 'twice': Error: Attempted to register a second handler for 'echo'",
      ],
    ])('%s of %s is refused in the words of Electron', async (channel, value, words) => {
      expect(await inPage(`fixture.invoke('${channel}', ${value}).catch(error => error.message)`)).toBe(words)
    })

    it('tells the frame that asks from the top one, and both by their addresses', async () => {
      const url = 'kosmo://app/index.html'
      expect(await inPage("fixture.invoke('who')")).toEqual({ id: 1, url, isTop: true, parent: null })
      const frame = 'kosmo://app/frame.html'
      expect(await app.control.invokeFrom(1, frame, 'who', [])).toEqual({
        id: 1,
        url: frame,
        isTop: false,
        parent: url,
      })
    })

    it('has no frame for a document that is gone when the question is looked at', async () => {
      await inPage("void fixture.invoke('wait')")
      await page.reload()
      await page.waitForFunction('window.pageIsReady')
      await inPage("fixture.invoke('go on')")
      await app.tells('sender', null)
    })
  })

  describe('navigation', () => {
    it('is the app’s to forbid; what a test loads asks nobody', async () => {
      await page.click('#away')
      await app.tells('will-navigate', 'https://example.com/away')
      await page.reload()
      await page.waitForFunction('window.pageIsReady')
      expect(await page.title()).toBe('Fixture')
      expect(app.told('will-navigate')).toHaveLength(1)
    })

    it('opens no window', async () => {
      await page.click('#blank')
      await app.tells('window', 'https://example.com/blank')
      await inPage("void window.open('kosmo-elsewhere.html')")
      await app.tells('window', 'kosmo://app/kosmo-elsewhere.html')
      await until('one page', () => page.context().pages().length === 2)
      expect(await app.windows()).toHaveLength(1)
      expect(app.told('asked').flat().join()).not.toContain('elsewhere')
    })
  })

  describe('the system around it', () => {
    it('is told what is touched and not done, at once', async () => {
      await expect(app.invoke('absent')).rejects.toThrow('does not do app.showEmojiPanel')
      await expect(app.invoke('nowhere')).rejects.toThrow(
        'does not do webPreferences with nodeIntegration: true',
      )
    })

    it('opens nothing and remembers it, and a dialog waits for the test', async () => {
      await app.invoke('open', 'https://example.com/')
      expect(await app.control.calls()).toContainEqual({
        name: 'shell.openExternal',
        args: ['https://example.com/'],
      })
      const saved = app.invoke('save')
      await until('a dialog', async () =>
        (await app.control.calls()).some(({ name }) => name === 'dialog.showSaveDialog'),
      )
      await app.control.answerDialog('showSaveDialog', { canceled: false, filePath: '/there' })
      expect(await saved).toEqual({ canceled: false, filePath: '/there' })
    })

    it('starts a second process that tells the first of itself and ends', async () => {
      expect(await app.launchAgain(['--again'])).toMatchObject({ code: 3, stdout: '' })
      await app.tells('second', '--again')
      expect(app.told('second')[0]?.[2]).toEqual({ from: 'fixture' })
    })
  })

  describe('a notification', () => {
    const actions = ['Approve', 'Deny'].map(text => ({ type: 'button', text }))

    it('is at the daemon as the app made it, and a button that is pressed is an action', async () => {
      await app.invoke('notify', {
        title: 'One',
        body: 'Text',
        actions,
        urgency: 'critical',
        timeoutType: 'never',
      })
      await app.tells('shown', 'One')
      const [sent] = desktop.notifications?.open() ?? []
      if (sent === undefined) throw new Error('nothing was sent')
      expect(sent).toMatchObject({ title: 'One', body: 'Text', urgency: 2, timeout: 0 })
      expect(sent.actions.map(([, label]) => label)).toEqual(['View', 'Approve', 'Deny'])
      desktop.notifications?.press(sent, 'Deny')
      await app.tells('action', 'One', 1)
      await app.tells('closed', 'One', 'userCanceled')
    })

    it.each([
      ['clicked', 'click', 'userCanceled'],
      ['closed', 'dismiss', 'userCanceled'],
      ['closed', 'expire', 'timedOut'],
    ] as const)('that is %s by %s says so and is no action', async (event, what, reason) => {
      const title = `By ${what}`
      await app.invoke('notify', { title, actions })
      await app.tells('shown', title)
      const sent = desktop.notifications?.open().find(each => each.title === title)
      if (sent !== undefined) desktop.notifications?.[what](sent)
      await app.tells(event, title)
      await app.tells('closed', title, reason)
      expect(app.told('action').some(([, of]) => of === title)).toBe(false)
    })
  })

  describe('the tray', () => {
    let icon: TrayIcon
    beforeAll(async () => {
      icon = await TrayIcon.of(desktop.bus, app.pid)
    })

    it('has its picture in each size, its texts and its menu', async () => {
      expect((await icon.pictures()).map(({ width, height }) => [width, height])).toEqual([
        [24, 24],
        [48, 48],
      ])
      expect(await icon.toolTip()).toBe('Fixture: Ask')
      const menu = await icon.menu()
      expect(menu.map(({ kind, label }) => [kind, label])).toEqual([
        ['submenu', 'Writes'],
        ['separator', ''],
        ['checkbox', 'Start at _login'],
        ['item', 'Pending (0)'],
        ['item', 'Quit'],
      ])
      expect(menu[0]?.entries.map(({ kind, label, checked }) => [kind, label, checked])).toEqual([
        ['radio', 'Read-only', false],
        ['radio', 'Ask', true],
        ['radio', 'Allow', false],
      ])
    })

    it('has entries that a panel can pick, and some that it cannot', async () => {
      await icon.pick('Writes', 'Read-only')
      await app.tells('writes', 'Read-only')
      await until('the menu anew', async () => (await icon.entry('Writes', 'Read-only')).checked)
      expect((await icon.entry('Writes', 'Ask')).checked).toBe(false)
      await icon.pick('Start at _login')
      await app.tells('login', true)
      await expect(icon.pick('Pending (0)')).rejects.toThrow('not enabled')
      await icon.click()
      await app.tells('tray clicked')
    })
  })

  describe('a window', () => {
    it('is shown and hidden, and has the focus when it asks for it', async () => {
      await app.tells('show')
      await app.invoke('show')
      await app.tells('focus')
      expect(await app.facts(1)).toMatchObject({ visible: true, focused: true })
      await app.invoke('hide')
      await app.tells('hide')
      expect(await app.facts(1)).toMatchObject({ visible: false, focused: false })
    })

    it('comes back in a new page when its renderer dies', async () => {
      await app.control.crashRenderer(1)
      await app.tells('gone', 'crashed')
      await until('another page', async () => (await app.window('Fixture')) !== page)
      page = await app.window('Fixture')
      await page.waitForFunction('window.pageIsReady')
      expect(await inPage('fixture.add(1, 1)')).toBe(2)
    })

    it('is closed by a person as long as the app does not keep it, and quitting goes its way', async () => {
      await app.invoke('keep')
      await app.control.closeWindow(1)
      expect(await app.windows()).toHaveLength(1)
      await app.control.closeWindow(1)
      await app.tells('all closed')
      expect(await app.windows()).toEqual([])
      const icon = await TrayIcon.of(desktop.bus, app.pid)
      await icon.pick('Quit')
      expect(await app.ended).toBe(0)
      expect([app.told('before-quit').length, app.told('will-quit').length]).toEqual([1, 1])
      await until('no icon', async () => (await TrayIcon.names(desktop.bus)).length === 0)
    })
  })
})
