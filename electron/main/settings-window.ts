import type { AppStore } from './app-store.ts'
import { AppWindow } from './app-window.ts'
import { throttled } from './throttle.ts'

const REDRAWN_EVERY_MS = 250

/** The window in which things are set, and nothing is decided. */
export class SettingsWindow {
  readonly window: AppWindow
  /** Something that it may show has changed. */
  readonly changed: () => void

  constructor(store: AppStore) {
    this.window = new AppWindow({
      kind: 'settings-window',
      page: 'settings',
      size: { width: 900, height: 600, minWidth: 480, minHeight: 400 },
      store,
      hidesOnClose: () => false,
      onGone: () => undefined,
    })
    this.changed = throttled(REDRAWN_EVERY_MS, () => this.window.send('changed', {}))
  }

  /** Shows it, on a section where one is named. */
  show(section?: string): void {
    this.window.show(true)
    if (section !== undefined) this.window.send('focusSection', { section })
  }
}
