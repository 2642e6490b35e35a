import { NotDone, refuseOthers } from '../strict.ts'

/** Options of BrowserWindow that mean something here. */
const DONE = ['center', 'height', 'show', 'title', 'useContentSize', 'webPreferences', 'width', 'x', 'y']

/** Options that are taken and change nothing: looks, and what a person may do with the frame of a window. */
const WITHOUT_EFFECT = [
  'acceptFirstMouse',
  'alwaysOnTop',
  'autoHideMenuBar',
  'backgroundColor',
  'backgroundMaterial',
  'closable',
  'darkTheme',
  'focusable',
  'fullscreenable',
  'hasShadow',
  'icon',
  'maxHeight',
  'maxWidth',
  'maximizable',
  'minHeight',
  'minWidth',
  'minimizable',
  'movable',
  'paintWhenInitiallyHidden',
  'resizable',
  'roundedCorners',
  'skipTaskbar',
  'titleBarStyle',
  'type',
  'vibrancy',
  'visualEffectState',
]

/** Preferences of pages that this host keeps to, with what each has to be. */
const FIXED: Readonly<Record<string, unknown>> = {
  allowRunningInsecureContent: false,
  contextIsolation: true,
  experimentalFeatures: false,
  javascript: true,
  nodeIntegration: false,
  nodeIntegrationInSubFrames: false,
  nodeIntegrationInWorker: false,
  offscreen: false,
  plugins: false,
  sandbox: true,
  webSecurity: true,
  webviewTag: false,
}

const PREFERENCES = [
  'additionalArguments',
  'autoplayPolicy',
  'backgroundThrottling',
  'devTools',
  'disableDialogs',
  'enableWebSQL',
  'images',
  'navigateOnDragDrop',
  'preload',
  'safeDialogs',
  'spellcheck',
  'textAreasAreResizable',
  'v8CacheOptions',
  'webgl',
]

/** @throws NotDone where a window is asked for that this host cannot give */
export function checkWindowOptions(options: Electron.BrowserWindowConstructorOptions): void {
  refuseOthers('BrowserWindow', options, [...DONE, ...WITHOUT_EFFECT])
  const preferences = options.webPreferences ?? {}
  refuseOthers('webPreferences', preferences, [...Object.keys(FIXED), ...PREFERENCES])
  for (const [name, value] of Object.entries(preferences)) {
    if (name in FIXED && value !== undefined && value !== FIXED[name]) {
      throw new NotDone(`webPreferences with ${name}: ${String(value)}`)
    }
  }
}
