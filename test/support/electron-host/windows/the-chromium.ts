import { type Chromium, startChromium } from './chromium.ts'

let started: Promise<Chromium> | undefined
let name = 'electron'

/** What the window manager is to call windows of this app. */
export function nameChromium(called: string): void {
  name = called
}

/** The app's Chromium, started when the first window asks for it. */
export function theChromium(): Promise<Chromium> {
  started ??= startChromium(name)
  return started
}
