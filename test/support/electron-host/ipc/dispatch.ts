import { makeEvent } from '../event.ts'
import { decode, encode } from '../page/codec.ts'
import type { FromPage } from '../page/preload-modules.ts'
import { NotDone } from '../strict.ts'
import type { WebFrameMain } from '../windows/web-frame-main.ts'
import { ipcMain } from './ipc-main.ts'

type Message = Extract<FromPage, { channel: string }>

/** Brings a message of a frame to the app's handlers, and an answer back. */
export async function dispatch(sender: object, frame: WebFrameMain, message: Message): Promise<void> {
  const args = decode(message.args) as unknown[]
  const facts = {
    type: 'frame',
    processId: frame.processId,
    frameId: frame.routingId,
    sender,
    // Electron has none for a document that is gone, also where it went after the message.
    get senderFrame() {
      return frame.isDestroyed() ? null : frame
    },
  }
  if (message.kind === 'send') {
    ipcMain.emit(message.channel, messageEvent(facts, frame), ...args)
    return
  }
  const { id, channel } = message
  try {
    const handler = ipcMain.handlerOf(channel)
    if (handler === undefined) throw new Error(`No handler registered for '${channel}'`)
    const value = encode(await handler(makeEvent(facts) as unknown as Electron.IpcMainInvokeEvent, ...args))
    await frame.tell({ kind: 'result', id, value })
  } catch (error) {
    await frame.tell({
      kind: 'failure',
      id,
      message: `Error invoking remote method '${channel}': ${String(error)}`,
    })
  }
}

function messageEvent(facts: object, frame: WebFrameMain): object {
  const event = makeEvent(facts)
  return Object.defineProperties(event, {
    ports: { value: [] },
    reply: { value: (channel: string, ...args: unknown[]) => frame.send(channel, ...args) },
    returnValue: {
      set: () => {
        throw new NotDone('ipcRenderer.sendSync')
      },
    },
  })
}
