import { connect } from 'node:net'
import { createBirpc } from 'birpc'
import { app } from '../app/app.ts'
import { type Notification, notificationList } from '../notifications/notification.ts'
import { decode } from '../page/codec.ts'
import { calls } from '../system/calls.ts'
import { answerDialog } from '../system/dialog.ts'
import { nativeTheme } from '../system/native-theme.ts'
import { powerMonitor } from '../system/power-monitor.ts'
import { BrowserWindow } from '../windows/browser-window.ts'
import { theChromium } from '../windows/the-chromium.ts'
import type { ControlledBy, HostControl, NotificationFacts, WindowFacts } from './host-control.ts'
import { lineChannel } from './line-channel.ts'

/** Lets the test at that socket have a say in this host. */
export function serveControl(path: string): void {
  const socket = connect(path)
  // The test may end before the app does.
  socket.on('error', () => undefined)
  socket.unref()
  const test = createBirpc<ControlledBy, HostControl>(control, { ...lineChannel(socket), timeout: -1 })
  void test.started.asEvent(process.pid)
}

const control: HostControl = {
  windows: () => Promise.all(BrowserWindow.getAllWindows().map(factsOf)),
  endpoint: async () => (await theChromium()).endpoint,
  closeWindow: id => windowOf(id).close(),
  crashRenderer: id => windowOf(id).webContents.forcefullyCrashRenderer(),
  async invokeFrom(id, start, channel, args) {
    const { top } = (await windowOf(id).webContents.page()).frames
    const frame =
      start === undefined ? top : top.framesInSubtree.find(each => each !== top && each.url.startsWith(start))
    if (frame === undefined) throw new Error(`Window ${id} has no frame at ${start}.`)
    return decode(await frame.rawInvoke(channel, args))
  },
  notifications: () => notificationList.map(notificationFacts),
  calls: () => calls,
  answerDialog,
  setSystemDark: isDark => nativeTheme.setSystemDark(isDark),
  powerEvent: name => void powerMonitor.emit(name),
  // After the answer: the process may end at once.
  quit: () => void setImmediate(() => app.quit()),
}

function windowOf(id: number): BrowserWindow {
  const window = BrowserWindow.fromId(id)
  if (window === null) throw new Error(`There is no window ${id}.`)
  return window
}

function notificationFacts(shown: Notification): NotificationFacts {
  const { id, number, state, title, body, actions, urgency, timeoutType } = shown
  return {
    id,
    number,
    state,
    title,
    body,
    buttons: actions.map(({ text = '' }) => text),
    urgency,
    timeoutType,
  }
}

async function factsOf(window: BrowserWindow): Promise<WindowFacts> {
  const { id, calls, webContents } = window
  return {
    id,
    title: window.getTitle(),
    url: webContents.getURL(),
    visible: window.isVisible(),
    focused: window.isFocused(),
    bounds: window.getBounds(),
    calls,
    targetId: webContents.targetId,
  }
}
