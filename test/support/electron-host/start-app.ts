import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BirpcReturn, createBirpc } from 'birpc'
import type { Page } from 'playwright-core'
import { until } from '../broker/until.ts'
import { dyingWithParent } from '../desktop/dying-with-parent.ts'
import { AppPages } from './app-pages.ts'
import type { ControlledBy, HostControl, WindowFacts } from './control/host-control.ts'
import { lineChannel } from './control/line-channel.ts'

const ELECTRON = join(import.meta.dirname, 'bin/electron')

export type AppOptions = {
  /** The app's folder, or the file of its main process. */
  app: string
  /** Its HOME. */
  home: string
  /** More environment than HOME, PATH and what `desktop` has. */
  env?: Record<string, string>
  /** Bus, display and folders of a desktop session; default: none of them, so windows are in memory alone. */
  desktop?: { variables: Record<string, string> }
  args?: readonly string[]
  /** Default: the host's own program; another that ends in it, such as npx. */
  command?: readonly [command: string, ...args: string[]]
}

/** Which window is meant: a part of its title or address, or its number. */
export type WindowName = string | RegExp | number

/** An app that runs, and what a person or an enemy can do with it. */
export type RunningApp = {
  pid: number
  control: BirpcReturn<HostControl, ControlledBy>
  /** What it wrote so far, on stdout and on stderr. */
  output(): { stdout: string; stderr: string }
  windows(): Promise<WindowFacts[]>
  /** Waits for that window and gives what the main process knows of it. */
  facts(name: WindowName): Promise<WindowFacts>
  /** Waits for that window and gives its page. */
  window(name: WindowName): Promise<Page>
  /** A second process of the same app, until its end. */
  launchAgain(args?: readonly string[]): Promise<{ code: number | null; stdout: string; stderr: string }>
  /** Its exit code, once it ends by itself. */
  ended: Promise<number | null>
  /** Quits it as the tray's menu does; kills it where it does not end within some seconds. */
  stop(): Promise<void>
}

/** Starts an app on the Electron host. */
export async function startApp(options: AppOptions): Promise<RunningApp> {
  const folder = mkdtempSync(join(tmpdir(), 'electron-control-'))
  const path = join(folder, 'control.sock')
  const started = Promise.withResolvers<BirpcReturn<HostControl, ControlledBy>>()
  const server = createServer(socket => {
    socket.on('error', () => undefined)
    const host = createBirpc<HostControl, ControlledBy>(
      { started: () => started.resolve(host) },
      { ...lineChannel(socket), timeout: 30_000 },
    )
    socket.on('close', () => host.$close(new Error('The app has ended.')))
  }).listen(path)
  const launch = () => launchApp(options, path)
  const child = launch()
  const output = collect(child)
  const ended = once(child, 'close').then(([code]) => code as number | null)
  const early = ended.then(code => {
    throw new Error(`The app ended at its start (exit code ${code}).\n${output().stderr}`)
  })
  const control = await Promise.race([started.promise, early])
  early.catch(() => undefined)
  const pages = new AppPages(() => control.endpoint())
  const facts = (name: WindowName) =>
    until(`a window ${name}`, async () => (await control.windows()).find(window => isCalled(window, name)))
  return {
    pid: child.pid ?? 0,
    control,
    output,
    windows: () => control.windows(),
    facts,
    window: async name => {
      const { targetId } = await until(`a page in window ${name}`, async () => {
        const found = await facts(name)
        return found.targetId !== undefined && found
      })
      return pages.get(targetId ?? '')
    },
    launchAgain: async (args = options.args ?? []) => {
      const second = launchApp({ ...options, args }, path)
      const said = collect(second)
      const [code] = await once(second, 'close')
      return { code, ...said() }
    },
    ended,
    stop: async () => {
      await pages.close()
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM')
      const late = setTimeout(() => child.kill('SIGKILL'), 8000)
      await ended
      clearTimeout(late)
      server.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function launchApp(
  { app, home, env, desktop, args = [], command = [ELECTRON] }: AppOptions,
  control: string,
): ChildProcess {
  const [program, ...first] = command
  const [file, ...all] = dyingWithParent(program, [...first, app, ...args])
  return spawn(file, all, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env.PATH,
      LANG: 'C.UTF-8',
      ...desktop?.variables,
      HOME: home,
      ...env,
      ELECTRON_HOST_CONTROL: control,
    },
  })
}

function collect(child: ChildProcess): () => { stdout: string; stderr: string } {
  const said = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]?.setEncoding('utf8').on('data', text => {
      said[name] += text
    })
  }
  return () => said
}

function isCalled({ id, title, url }: WindowFacts, name: WindowName): boolean {
  if (typeof name === 'number') return id === name
  if (typeof name === 'string') return title.includes(name) || url.includes(name)
  return name.test(title) || name.test(url)
}
