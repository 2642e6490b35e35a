import { join } from 'node:path'
import { Menu, type NativeImage, nativeImage, nativeTheme, Tray } from 'electron'
import type { MenuEntry } from '../../shared/desktop/menu.ts'
import { type TrayLook, trayLook } from '../../shared/desktop/tray-look.ts'
import type { TrayAction } from '../../shared/desktop/tray-menu.ts'
import { type TrayState, trayTooltip } from '../../shared/desktop/tray-state.ts'
import { nativeMenu } from './native-menu.ts'

const ICONS = join(import.meta.dirname, 'icons')

export type TrayOptions = {
  platform: NodeJS.Platform
  /** XDG_CURRENT_DESKTOP. */
  desktop: string
  act(action: TrayAction): void
}

/** The icon in the tray, and its menu. Where there is no tray, nothing is shown and nothing fails. */
export class TrayIcon {
  readonly #options: TrayOptions
  #tray: Tray | undefined
  #state: TrayState | undefined
  #icon = ''
  #menu = ''

  constructor(options: TrayOptions) {
    this.#options = options
    nativeTheme.on('updated', () => this.#draw())
  }

  /** Draws how things are now. The menu is set anew only where it is another: an open one would close. */
  update(state: TrayState, entries: MenuEntry<TrayAction>[]): void {
    this.#state = state
    this.#draw()
    const menu = JSON.stringify(entries)
    if (menu === this.#menu) return
    this.#menu = menu
    this.#tray?.setContextMenu(
      Menu.buildFromTemplate(
        nativeMenu(entries, action => {
          // A choice marks itself when it is clicked; what it says has to come from what became of it.
          this.#menu = ''
          this.#options.act(action)
        }),
      ),
    )
  }

  destroy(): void {
    this.#tray?.destroy()
    this.#tray = undefined
    this.#state = undefined
  }

  #draw(): void {
    const state = this.#state
    if (state === undefined) return
    const name = `tray-${state.kind}${this.#look()}`
    if (this.#tray === undefined) this.#tray = this.#make(name)
    else if (name !== this.#icon) this.#tray.setImage(iconOf(name, this.#options.platform))
    this.#icon = name
    this.#tray.setToolTip(trayTooltip(state))
    if (this.#options.platform === 'darwin')
      this.#tray.setTitle(state.kind === 'waiting' ? String(state.count) : '')
  }

  #make(name: string): Tray {
    const tray = new Tray(iconOf(name, this.#options.platform))
    tray.on('click', () => this.#options.act({ kind: 'show-approvals' }))
    return tray
  }

  #look(): TrayLook {
    const { platform, desktop } = this.#options
    const { shouldUseDarkColors, shouldUseDarkColorsForSystemIntegratedUI } = nativeTheme
    // The taskbar of Windows has a theme of its own.
    const isDark = platform === 'win32' ? shouldUseDarkColorsForSystemIntegratedUI : shouldUseDarkColors
    return trayLook({ platform, isDark, desktop })
  }
}

/** With its double for dense screens, which Electron finds by its name; on Windows with every size in one file. */
function iconOf(name: string, platform: NodeJS.Platform): NativeImage {
  return nativeImage.createFromPath(join(ICONS, `${name}.${platform === 'win32' ? 'ico' : 'png'}`))
}
