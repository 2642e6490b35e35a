import { readFileSync, statSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { app } from './app/app.ts'
import { serveControl } from './control/serve-control.ts'
import { electron } from './electron.ts'
import { watchNotificationDaemon } from './notifications/notification-daemon.ts'
import { connectHostBus } from './system/host-bus.ts'
import { theChromium } from './windows/the-chromium.ts'

/*
 * Runs an app as `electron [switches] <folder or file> [arguments]` does.
 */

const VERSION = '45.4.1'
/** For how long a main module may go on after it began to wait for `ready`. */
const AWAITED_MS = 3000
const HANGS = Symbol('hangs')
const KEY = 'kosmo.electron-host'

const CONTROL = process.env.ELECTRON_HOST_CONTROL

const given = process.argv.slice(2)
if (given[0] === '--version' || given[0] === '-v') {
  console.log(`v${VERSION}`)
  process.exit(0)
}
const at = given.findIndex(each => !each.startsWith('-'))
const target = resolve(given[at] ?? '.')
const { main, ...facts } = describe(target)
app.describe(facts)
process.argv = [process.argv[0] ?? 'electron', ...given]
Object.assign(process, {
  type: 'browser',
  resourcesPath: app.isPackaged ? dirname(facts.folder) : join(facts.folder, 'resources'),
  defaultApp: app.isPackaged ? undefined : true,
})
Object.defineProperty(process, 'versions', {
  value: Object.freeze({ ...process.versions, electron: VERSION, chrome: '154.0.0.0' }),
})

Object.assign(globalThis, { [Symbol.for(KEY)]: electron })
registerHooks({
  resolve: (specifier, context, next) =>
    /^electron(\/(main|common))?$/.test(specifier)
      ? { url: 'electron-host:electron', format: 'module', shortCircuit: true }
      : next(specifier, context),
  load: (url, context, next) =>
    url === 'electron-host:electron'
      ? { format: 'module', source: facade(), shortCircuit: true }
      : next(url, context),
})

for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => app.quit())
// An app without a window runs on.
setInterval(() => undefined, 2 ** 30)

if (CONTROL !== undefined) serveControl(CONTROL)

await connectHostBus()
await watchNotificationDaemon()

const awaited = app.isAwaited().then(() => setTimeout(AWAITED_MS))
const loaded = import(pathToFileURL(main).href)
// As Electron: it becomes ready when the main module has ended, so one that awaits that hangs for ever.
if ((await Promise.race([loaded, awaited.then(() => HANGS)])) === HANGS) {
  console.error(`${main} awaits app.whenReady() at its top level. Electron never becomes ready then.`)
  process.exit(1)
}
setImmediate(() => {
  app.becomeReady()
  // Electron's Chromium runs by now; where ours cannot, the first window says so.
  theChromium().catch(() => undefined)
})

function describe(path: string): { main: string; name: string; version: string; folder: string } {
  if (!statSync(path).isDirectory())
    return { main: path, name: 'Electron', version: VERSION, folder: dirname(path) }
  const {
    main = 'index.js',
    name,
    productName,
    version,
  } = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8'))
  return { main: join(path, main), name: productName ?? name, version, folder: path }
}

function facade(): string {
  const names = Object.keys(electron)
  return `const electron = globalThis[Symbol.for('${KEY}')]
export default electron
export const { ${names.join(', ')} } = electron
`
}
