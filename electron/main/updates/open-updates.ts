import { app } from 'electron'
import type { Broker } from '../../broker/broker.ts'
import type { AppStore } from '../app-store.ts'
import { openElectronUpdater } from './electron-updater.ts'
import { findUpdateSource } from './find-update-source.ts'
import { Updates } from './updates.ts'

const LOOKED_EVERY_MS = 60 * 60_000

/** A while after which nobody needs to be waited for any more is noticed this soon. */
const SETTLED_EVERY_MS = 5_000

export type OpenUpdatesOptions = {
  platform: NodeJS.Platform
  variables: NodeJS.ProcessEnv
  broker: Broker
  store: AppStore
  changed(): void
  say(title: string, body: string): void
}

/** Newer versions of the app that runs, as the broker and the person let it have them. @returns also what ends the timers */
export function openUpdates(options: OpenUpdatesOptions): { updates: Updates; end(): void } {
  const { platform, variables, broker, store, changed, say } = options
  const { approvals, underWay } = broker.state
  const updates = new Updates({
    source: findUpdateSource({
      isPackaged: app.isPackaged,
      resources: process.resourcesPath,
      platform,
      variables,
    }),
    platform,
    store,
    open: () => openElectronUpdater({ platform, variables }),
    now: Date.now,
    inTheWay: () => ({ waiting: approvals.listing.count, sending: underWay.count }),
    changed,
    say,
    quit: () => app.quit(),
  })
  const timers = [
    setInterval(() => void updates.lookIfDue(), LOOKED_EVERY_MS),
    setInterval(() => updates.settled(), SETTLED_EVERY_MS),
  ]
  return {
    updates,
    end() {
      for (const timer of timers) clearInterval(timer)
    },
  }
}
