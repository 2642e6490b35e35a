import { ipcMain } from 'electron'
import { CALL_CHANNEL, type CallReply } from '../../shared/protocol/window-bridge.ts'
import type { AppWindow } from './app-window.ts'
import { answerWindowCall, type GateOptions } from './window-gate.ts'

const NOT_OURS: CallReply = { kind: 'failed', code: 'forbidden', message: 'This page may not call the app.' }

/** The one gate between pages and the app: raw ipc is nowhere else. Call it once all windows are known. */
export function openGate(windows: readonly AppWindow[], options: GateOptions): void {
  // electron-store tells every page that asks where our folder is; nobody here asks it.
  ipcMain.removeAllListeners('electron-store-get-data')
  ipcMain.handle(CALL_CHANNEL, async (event, name: unknown, params: unknown): Promise<CallReply> => {
    const window = windows.find(each => each.isSentBy(event.sender, event.senderFrame))
    if (window === undefined) return NOT_OURS
    window.pageListens()
    return answerWindowCall(options, window.kind, name, params)
  })
}
