import { strictEmitter } from '../strict.ts'

type Source = Electron.NativeTheme['themeSource']

class NativeTheme extends strictEmitter('nativeTheme', ['updated']) {
  readonly shouldUseHighContrastColors = false
  readonly shouldUseInvertedColorScheme = false
  readonly prefersReducedTransparency = false
  readonly inForcedColorsMode = false
  #source: Source = 'system'
  #isSystemDark = false

  get shouldUseDarkColors(): boolean {
    return this.#source === 'system' ? this.#isSystemDark : this.#source === 'dark'
  }

  get shouldUseDarkColorsForSystemIntegratedUI(): boolean {
    return this.#isSystemDark
  }

  get themeSource(): Source {
    return this.#source
  }

  set themeSource(source: Source) {
    if (!['system', 'light', 'dark'].includes(source)) throw new TypeError(`Invalid theme source: ${source}`)
    this.#source = source
    this.emit('updated')
  }

  /** For tests: the person chose dark or light for everything. */
  setSystemDark(isDark: boolean): void {
    this.#isSystemDark = isDark
    this.emit('updated')
  }
}

/** Dark or light; pages follow it as they do in Electron. */
export const nativeTheme = new NativeTheme()
nativeTheme.setMaxListeners(0)
