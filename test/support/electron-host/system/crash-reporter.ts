import { NotDone, strict } from '../strict.ts'
import { note } from './calls.ts'

const parameters: Record<string, string> = {}

/** Writes no reports. */
export const crashReporter = strict('crashReporter', {
  start: options => {
    if (options.uploadToServer !== false) throw new NotDone('crash reports that are sent to a server')
    Object.assign(parameters, options.extra)
    note('crashReporter.start', { ...options })
  },
  getParameters: () => ({ ...parameters }),
  addExtraParameter: (key, value) => {
    parameters[key] = value
  },
  removeExtraParameter: key => {
    delete parameters[key]
  },
  getUploadToServer: () => false,
  getUploadedReports: () => [],
  getLastCrashReport: () => null,
} satisfies Partial<Electron.CrashReporter>)
