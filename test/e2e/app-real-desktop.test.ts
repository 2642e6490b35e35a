import { describe, expect, it, onTestFinished } from 'vitest'
import { desktopLacks } from '../setup/desktop.mjs'
import { startDesktopApp, waiting } from '../support/app/desktop-app.ts'
import { startClient } from '../support/broker/broker-process.ts'
import { until } from '../support/broker/until.ts'
import { openDesktop } from '../support/desktop/desktop-session.ts'
import { pressInBubble } from '../support/desktop/notification-bubble.ts'
import { TrayIcon } from '../support/desktop/tray-icon.ts'
import { resultText } from '../support/mcp/rpc-line.ts'
import { openTown } from '../support/mcp/town.ts'

// A screen, a window manager, a panel and a notification daemon as people have them, and a mouse.
describe.skipIf(desktopLacks() !== undefined)('on a real desktop', () => {
  it('a request comes up without taking the keyboard, and a click on the notification’s Deny posts nothing', async () => {
    const desktop = await openDesktop({ display: true, tray: 'panel', notifications: 'daemon' })
    onTestFinished(() => desktop.stop())
    const town = await openTown()
    const app = await startDesktopApp({ desktop, args: ['--hidden'] })
    const tray = await TrayIcon.of(desktop.bus, app.pid)
    await desktop.beBusyIn('Editor')
    const client = await startClient(app, town.account, { write: 'ask', name: 'codex-mcp-client' })
    const post = { channel_id: '~town-square', message: 'Release 1.2 is out' }
    const called = client.callTool('create_post', post).then(resultText)
    const window = await app.approvalWindow()
    await waiting(window, 1)
    const { id } = await app.facts('kosmo://app/approval/')
    await until('the window is there', async () => (await app.facts(id)).visible)
    expect(await desktop.activeTitle()).toBe('Editor')
    expect(await tray.toolTip()).toBe('KosmoKrator: 1 post waits for you')
    // Approve, Review, Deny.
    await pressInBubble(desktop, 2, 3)
    expect(await called).toMatch(/declined this post; nothing was posted/)
    expect(town.posted()).toEqual([])
    await until('the tray is as before', async () => /Ask me/.test(await tray.toolTip()))
  })
})
