import { join } from 'node:path'
import { KosmoError } from '../../shared/errors.ts'
import {
  defaultSettings,
  type ReadSettings,
  type Settings,
  settingsSchema,
} from '../../shared/policy/settings.ts'
import { faultWords } from './fault-words.ts'
import { jsonReader, jsonText } from './json-file.ts'
import { writeWhole } from './whole-file.ts'

export type SettingsFile = {
  /** The settings as they are on disk now; those that nobody wrote yet are the defaults. */
  read(): ReadSettings
  /**
   * Writes what `edit` makes of the settings. A file that cannot be read is left as it is: it is a person's.
   * @throws KosmoError `not_configured` where the file is broken or cannot be written, `invalid_input` where
   * `edit` makes no valid settings
   */
  change(edit: (settings: Settings) => Settings): void
}

/** Puts settings in place of those on disk, whole and for their owner alone. @throws what the file system says */
export type WriteSettings = (settings: Settings) => void

/** The settings in a home folder of ours. @param write by default as electron-store would: one file for all programs */
export function openSettings(home: string, write?: WriteSettings): SettingsFile {
  const path = join(home, 'settings.json')
  const put = write ?? ((settings: Settings) => writeWhole(path, jsonText(settings)))
  const readFile = jsonReader(path, settingsSchema)
  const read = (): ReadSettings => {
    const file = readFile()
    switch (file.kind) {
      case 'missing':
        return { kind: 'settings', settings: defaultSettings() }
      case 'value':
        return { kind: 'settings', settings: file.value }
      default:
        return {
          kind: 'broken',
          why: `The settings cannot be read, so every write is refused until a person mends them (${file.why}).`,
        }
    }
  }
  return {
    read,
    change(edit) {
      const before = read()
      if (before.kind === 'broken') {
        throw new KosmoError('not_configured', `${before.why} The file was left as it is.`)
      }
      const after = settingsSchema.safeParse(edit(structuredClone(before.settings)))
      if (!after.success) {
        const field = after.error.issues[0]?.path.join('.') ?? ''
        throw new KosmoError(
          'invalid_input',
          `The settings were left as they are: "${field}" would be invalid.`,
        )
      }
      try {
        put(after.data)
      } catch (error) {
        throw new KosmoError(
          'not_configured',
          `The settings could not be written to ${path} (${faultWords(error)}) and are as they were.`,
        )
      }
    },
  }
}
