import { readFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { join } from 'node:path'

/** The isolated world of preloads, as developer tools name it. */
export const PRELOAD_WORLD = 'Electron Isolated Context'

/** What a frame calls in that world to reach the main process, and the main process to reach the frame. */
export const TO_MAIN = '__electronHostToMain'
export const FROM_MAIN = '__electronHostFromMain'

/** Invokes a channel as no preload would; for tests of what a page in enemy hands could do. */
export const RAW_INVOKE = '__electronHostInvoke'

export type PreloadFacts = {
  /** Path of a CommonJS file; undefined: the window has none. */
  preload: string | undefined
  versions: Record<string, string>
  argv: readonly string[]
}

/** The script for the world of the page: the far end of contextBridge. */
export function pageWorldScript(secret: string): string {
  return `(() => {
if (window.top !== window) return
${plain('bridge.ts')}
connectWorlds(${JSON.stringify(secret)}, 'page')
})()`
}

/** The script for the world of preloads: ipc in every frame, contextBridge and the preload in the top one. */
export function preloadWorldScript(secret: string, { preload, versions, argv }: PreloadFacts): string {
  const process = {
    platform: 'linux',
    type: 'renderer',
    sandboxed: true,
    contextIsolated: true,
    versions,
    argv,
    env: {},
  }
  const source = preload === undefined ? '' : readFileSync(preload, 'utf8')
  return `(() => {
${plain('codec.ts')}
${plain('bridge.ts')}
${plain('preload-modules.ts')}
${plain('watch-window.ts')}
const ipc = connectIpc(globalThis.${TO_MAIN})
globalThis.${FROM_MAIN} = ipc.receive
globalThis.${RAW_INVOKE} = (channel, args) => ipc.invoke(channel, ...decode(args)).then(encode)
if (window.top !== window) return
watchWindow(ipc.tell)
const bridge = connectWorlds(${JSON.stringify(secret)}, 'preload')
runPreload(ipc, bridge, ${JSON.stringify(process)}, function (require, module, exports, process) {
${source}
})
})()`
}

/** A file of this folder as a script that a page can run. */
function plain(file: string): string {
  const source = readFileSync(join(import.meta.dirname, file), 'utf8')
  return stripTypeScriptTypes(source)
    .replaceAll(/^import .*$/gm, '')
    .replaceAll(/^export /gm, '')
}
