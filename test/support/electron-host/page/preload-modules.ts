import type { connectWorlds } from './bridge.ts'
import type { decode as Decode, encode as Encode } from './codec.ts'

/*
 * What a sandboxed preload gets from require('electron'), and the plain ipc underneath. Run in the isolated world as it
 * stands after codec.ts and bridge.ts, so it imports types alone.
 */

declare const encode: typeof Encode
declare const decode: typeof Decode

/** What goes from a page to the main process. */
export type FromPage =
  | { kind: 'invoke'; id: number; channel: string; args: string }
  | { kind: 'send'; channel: string; args: string }
  | { kind: 'preload-error'; message: string; stack: string }
  | { kind: 'title'; title: string }
  | { kind: 'bounds'; x: number; y: number; width: number; height: number }

/** What goes from the main process to a page. */
export type ToPage =
  | { kind: 'result'; id: number; value: string }
  | { kind: 'failure'; id: number; message: string }
  | { kind: 'message'; channel: string; args: string }

type Listener = (event: object, ...args: unknown[]) => void

/** The raw ipc of one frame: what `ipcRenderer` is made of. */
export function connectIpc(post: (text: string) => void) {
  const waiting = new Map<number, { resolve(value: unknown): void; reject(reason: unknown): void }>()
  const listeners = new Map<string, Listener[]>()
  let last = 0
  const tell = (message: FromPage) => post(JSON.stringify(message))

  const receive = (text: string): void => {
    const message: ToPage = JSON.parse(text)
    if (message.kind === 'message') {
      const args = decode(message.args) as unknown[]
      for (const listener of [...(listeners.get(message.channel) ?? [])]) listener({ ports: [] }, ...args)
      return
    }
    const asked = waiting.get(message.id)
    waiting.delete(message.id)
    if (message.kind === 'result') asked?.resolve(decode(message.value))
    else asked?.reject(new Error(message.message))
  }

  const invoke = (channel: string, ...args: unknown[]) =>
    new Promise((resolve, reject) => {
      const id = ++last
      const packed = encode(args)
      waiting.set(id, { resolve, reject })
      tell({ kind: 'invoke', id, channel, args: packed })
    })

  const send = (channel: string, ...args: unknown[]) => tell({ kind: 'send', channel, args: encode(args) })

  const add = (channel: string, listener: Listener) => {
    listeners.set(channel, [...(listeners.get(channel) ?? []), listener])
  }
  const remove = (channel: string, listener: Listener) => {
    const kept = [...(listeners.get(channel) ?? [])]
    const index = kept.lastIndexOf(listener)
    if (index !== -1) kept.splice(index, 1)
    listeners.set(channel, kept)
  }
  const removeAll = (channel?: string) => {
    if (channel === undefined) listeners.clear()
    else listeners.delete(channel)
  }
  const once = (channel: string, listener: Listener) => {
    const wrapped: Listener = (event, ...args) => {
      remove(channel, wrapped)
      listener(event, ...args)
    }
    add(channel, wrapped)
  }
  return { tell, receive, invoke, send, add, once, remove, removeAll }
}

/** Runs a preload script as a sandboxed renderer of Electron does. */
export function runPreload(
  ipc: ReturnType<typeof connectIpc>,
  bridge: ReturnType<typeof connectWorlds>,
  facts: object,
  script: (
    require: (name: string) => object,
    module: { exports: object },
    exports: object,
    process: object,
  ) => void,
): void {
  const refusing = <T extends object>(name: string, parts: T): T =>
    new Proxy(parts, {
      get(target, key, receiver) {
        if (key in target || typeof key === 'symbol') return Reflect.get(target, key, receiver)
        throw new Error(`The Electron host for tests does not do ${name}.${key} in a preload.`)
      },
    })
  const chained =
    <Args extends unknown[]>(work: (...args: Args) => void) =>
    (...args: Args) => {
      work(...args)
      return ipcRenderer
    }
  const ipcRenderer: object = refusing('ipcRenderer', {
    invoke: ipc.invoke,
    send: ipc.send,
    on: chained(ipc.add),
    addListener: chained(ipc.add),
    once: chained(ipc.once),
    off: chained(ipc.remove),
    removeListener: chained(ipc.remove),
    removeAllListeners: chained(ipc.removeAll),
  })
  const contextBridge = refusing('contextBridge', { exposeInMainWorld: bridge.expose })
  const electron = refusing('electron', { contextBridge, ipcRenderer })
  const require = (name: string) => {
    if (name === 'electron' || name === 'electron/renderer') return electron
    throw new Error(`module not found: ${name}`)
  }
  const module = { exports: {} }
  try {
    script(require, module, module.exports, refusing('process', facts))
  } catch (error) {
    const { message, stack = message } = error instanceof Error ? error : new Error(String(error))
    ipc.tell({ kind: 'preload-error', message, stack })
  }
}
