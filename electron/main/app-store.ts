import Store from 'electron-store'
import * as z from 'zod'
import type { WindowKind } from '../../shared/desktop/window-calls.ts'
import { type Rectangle, rectangleSchema } from '../../shared/desktop/window-place.ts'
import { jsonText } from '../broker/json-file.ts'
import type { WriteSettings } from '../broker/settings-file.ts'

/** What is said to a person once and never again. */
export type ToldOnce = 'no-tray'

/** What the app keeps for itself, in `app.json`: nothing in it decides anything, and all of it may be lost. */
export type AppStore = {
  windowPlace(kind: WindowKind): Rectangle | undefined
  setWindowPlace(kind: WindowKind, place: Rectangle): void
  /** Whether it was said before; from now on it was. */
  wasTold(what: ToldOnce): boolean
  /** Whether to look for a newer version once a day, off at first, and when that was done last. */
  dailyLook(): { isOn: boolean; last: number | null }
  setDailyLook(look: { isOn: boolean; last: number | null }): void
}

const schema = z.object({
  windows: z
    .object({ 'approval-window': rectangleSchema.optional(), 'settings-window': rectangleSchema.optional() })
    .catch({}),
  told: z.array(z.string()).catch([]),
  look: z.object({ isOn: z.boolean(), last: z.number().nullable() }).catch({ isOn: false, last: null }),
})

function options(home: string, name: string) {
  return {
    cwd: home,
    name,
    serialize: jsonText,
    configFileMode: 0o600,
    accessPropertiesByDotNotation: false,
  }
}

/** Writes the settings as all other programs of ours do: one file, one format. */
export function settingsWriter(home: string): WriteSettings {
  return settings => {
    new Store<Record<string, unknown>>(options(home, 'settings')).store = settings
  }
}

/** Opens `app.json`; one that cannot be read is begun anew. */
export function openAppStore(home: string): AppStore {
  const store = new Store<Record<string, unknown>>({ ...options(home, 'app'), clearInvalidConfig: true })
  const read = () =>
    schema.parse({
      windows: store.get('windows') ?? {},
      told: store.get('told') ?? [],
      look: store.get('look'),
    })
  /** What cannot be kept is no reason to stop. */
  const keep = (key: string, value: unknown) => {
    try {
      store.set(key, value)
    } catch {
      // A full disk: the window opens at its usual place next time.
    }
  }
  return {
    windowPlace: kind => read().windows[kind],
    setWindowPlace: (kind, place) => keep('windows', { ...read().windows, [kind]: place }),
    wasTold(what) {
      const { told } = read()
      if (told.includes(what)) return true
      keep('told', [...told, what])
      return false
    },
    dailyLook: () => read().look,
    setDailyLook: look => keep('look', look),
  }
}
