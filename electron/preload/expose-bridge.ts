import { contextBridge, type IpcRendererEvent, ipcRenderer } from 'electron'
import {
  CALL_CHANNEL,
  type CallReply,
  EVENT_CHANNEL,
  type WindowBridge,
} from '../../shared/protocol/window-bridge.ts'

/** Gives the page `window.kosmo`, with these names and no others. Electron's own events never reach it. */
export function exposeBridge(calls: readonly string[], events: readonly string[]): void {
  const bridge: WindowBridge = {
    async call(method, params): Promise<CallReply> {
      if (!calls.includes(method))
        return { kind: 'failed', code: 'forbidden', message: `This window cannot call ${method}.` }
      return ipcRenderer.invoke(CALL_CHANNEL, method, params)
    },
    on(event, listener) {
      if (!events.includes(event)) return () => undefined
      const heard = (_event: IpcRendererEvent, name: unknown, params: unknown) => {
        if (name === event) listener(params)
      }
      ipcRenderer.on(EVENT_CHANNEL, heard)
      return () => ipcRenderer.removeListener(EVENT_CHANNEL, heard)
    },
  }
  contextBridge.exposeInMainWorld('kosmo', bridge)
}
