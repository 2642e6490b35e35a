import { mkdtempSync, rmSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Page } from 'playwright-core'
import { onTestFinished } from 'vitest'
import { connectBroker } from '../../../electron/broker/broker-client.ts'
import type { Approval } from '../../../shared/approvals/approval.ts'
import type { CallReply } from '../../../shared/protocol/window-bridge.ts'
import { until } from '../broker/until.ts'
import { type AppOptions, type RunningApp, startApp } from '../electron-host/start-app.ts'

const FOLDER = resolve(import.meta.dirname, '../../..')

export type DesktopApp = RunningApp & {
  /** Our folder, and the person's. */
  home: string
  approvalWindow(): Promise<AppPage>
  settingsWindow(): Promise<AppPage>
}

/** A window's page, and what it can say to the app. */
export type AppPage = {
  page: Page
  /** As the page's own code does. */
  call(method: string, params?: unknown): Promise<CallReply>
  /** The value of a call. @throws where it failed */
  value<T>(method: string, params?: unknown): Promise<T>
}

export type DesktopAppOptions = Partial<AppOptions> & {
  /** Whether to wait until clients can reach it; default: yes. */
  waits?: boolean
  /** Takes what ends it; default: the end of the test that is running. */
  atEnd?(end: () => Promise<void>): void
}

/** Starts the built app for the test that is running, on the double of Electron. */
export async function startDesktopApp(options: DesktopAppOptions = {}): Promise<DesktopApp> {
  const { atEnd = onTestFinished } = options
  const home = options.home ?? mkdtempSync('/tmp/ka-')
  const app = await startApp({
    app: FOLDER,
    home,
    ...options,
    env: { KOSMO_HOME: home, KOSMO_NODE: process.execPath, ...options.env },
  })
  atEnd(async () => {
    await app.stop()
    if (options.home === undefined) rmSync(home, { recursive: true, force: true })
  })
  if (options.waits !== false) await untilReachable(home)
  return {
    ...app,
    home,
    approvalWindow: async () => appPage(await app.window('kosmo://app/approval/')),
    settingsWindow: async () => appPage(await app.window('kosmo://app/settings/')),
  }
}

async function untilReachable(home: string): Promise<void> {
  const client = await until('the broker of the app', () =>
    connectBroker({ variables: { KOSMO_HOME: home }, interactive: false }),
  )
  await until('somebody can be asked', async () => (await client.broker.status({})).surfaces.includes('tray'))
  client.close()
}

/** The page of a window as something that calls the app. */
export async function appPage(page: Page): Promise<AppPage> {
  await page.waitForFunction(() => 'kosmo' in window)
  const call = (method: string, params: unknown = {}): Promise<CallReply> =>
    page.evaluate(([name, given]) => window.kosmo.call(String(name), given), [method, params] as const)
  return {
    page,
    call,
    async value<T>(method: string, params: unknown = {}) {
      const reply = await call(method, params)
      if (reply.kind === 'failed') throw new Error(`${method}: ${reply.code}: ${reply.message}`)
      return reply.value as T
    },
  }
}

/** Waits until so many requests wait, as a page sees them. */
export async function waiting({ value }: AppPage, count: number): Promise<Approval[]> {
  return until(`${count} requests wait`, async () => {
    const list = await value<Approval[]>('listApprovals')
    return list.length === count && list
  })
}

/** What the approval window's page does with a request that it shows whole. */
export async function showWhole(window: AppPage, count = 1): Promise<Approval[]> {
  const list = await waiting(window, count)
  await window.value('watchApprovals')
  await window.value('reportShown', { ids: list.map(({ id }) => id) })
  return list
}
