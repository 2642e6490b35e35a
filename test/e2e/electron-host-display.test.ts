import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { desktopLacks } from '../setup/desktop.mjs'
import { until } from '../support/broker/until.ts'
import { type Desktop, openDesktop } from '../support/desktop/desktop-session.ts'
import { hasBubble, pressInBubble } from '../support/desktop/notification-bubble.ts'
import { TrayIcon } from '../support/desktop/tray-icon.ts'
import { type Fixture, startFixture } from '../support/electron-host/start-fixture.ts'

const lacks = desktopLacks()

describe.skipIf(lacks !== undefined)(
  `the double of Electron on a display${lacks ? ` (skipped: ${lacks})` : ''}`,
  () => {
    let desktop: Desktop
    let app: Fixture

    beforeAll(async () => {
      desktop = await openDesktop({ display: true, tray: 'panel', notifications: 'daemon' })
      await desktop.beBusyIn('A letter')
      app = await startFixture({ desktop })
      await app.window('Fixture')
      await app.tells('show')
    })
    afterAll(async () => {
      await app.stop()
      await desktop.stop()
    })

    it('a window that is shown inactive leaves the keyboard where it was, and one that is shown takes it', async () => {
      const page = await app.window('Fixture')
      expect(await desktop.activeTitle()).toBe('A letter')
      expect((await app.facts(1)).focused).toBe(false)
      expect(await page.evaluate('document.hasFocus()')).toBe(false)
      await app.invoke('show')
      await app.tells('focus')
      expect(await desktop.activeTitle()).toBe('Fixture')
      await until('the page has the focus too', () => page.evaluate('document.hasFocus()'))
      await desktop.beBusyIn('Another letter')
      await app.tells('blur')
      expect((await app.facts(1)).focused).toBe(false)
    })

    it('a real mouse presses the buttons of a page', async () => {
      const page = await app.window('Fixture')
      const box = await page.locator('#count').boundingBox()
      const { bounds } = await app.facts(1)
      await app.invoke('show')
      await until('the window in front', async () => (await desktop.activeTitle()) === 'Fixture')
      const [x, y] = [bounds.x + (box?.x ?? 0) + 5, bounds.y + (box?.y ?? 0) + 5].map(Math.round)
      await desktop.xdotool('mousemove', x ?? 0, y ?? 0, 'click', 1)
      await page.locator('#count', { hasText: '1' }).waitFor()
    })

    it('a real mouse presses the button of a real notification', async () => {
      const actions = ['Approve', 'Deny'].map(text => ({ type: 'button', text }))
      await app.invoke('notify', { title: 'Two', body: 'Text', actions, timeoutType: 'never' })
      await app.tells('shown', 'Two')
      await pressInBubble(desktop, 1, actions.length)
      await app.tells('action', 'Two', 1)
      await until('the bubble is gone', async () => !(await hasBubble(desktop)))
    })

    it('a real mouse clicks the icon in a real panel, and its menu can be picked from', async () => {
      const icon = await TrayIcon.of(desktop.bus, app.pid)
      await until('a click on the icon', async () => {
        // The last thing on the right; the panel takes a moment to make room for it.
        await desktop.xdotool('mousemove', 1266, 14, 'click', 1)
        return app.told('tray clicked').length > 0
      })
      await icon.pick('Writes', 'Allow')
      await app.tells('writes', 'Allow')
    })
  },
)
