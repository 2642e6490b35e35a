import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { Page } from 'playwright-core'

const run = promisify(execFile)

/** A window of Chromium as the X server and the window manager know it. */
export type XWindow = {
  map(): Promise<void>
  unmap(): Promise<void>
  /** Brings it to the front and gives it the keyboard. */
  activate(): Promise<void>
}

/** The window that a page is in, on the display of the environment. */
export async function xWindowOf(page: Page, unique: string): Promise<XWindow> {
  await page.evaluate(`document.title = ${JSON.stringify(unique)}`)
  const { stdout } = await run('xdotool', ['search', '--sync', '--onlyvisible', '--name', `^${unique}$`])
  const id = stdout.trim().split('\n').at(-1) ?? ''
  const tell = async (...args: string[]) => void (await run('xdotool', [...args, id]))
  return {
    map: () => tell('windowmap', '--sync'),
    unmap: () => tell('windowunmap', '--sync'),
    activate: () => tell('windowactivate', '--sync'),
  }
}
