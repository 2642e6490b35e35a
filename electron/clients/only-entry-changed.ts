import { isDeepStrictEqual } from 'node:util'
import type { SettingsFormat } from './settings-format.ts'

/**
 * Whether a text says of everything but one entry just what another says, by the parser of the library: the last look
 * at what our own editing made.
 */
export function isOnlyEntryChanged(
  format: SettingsFormat,
  name: string,
  before: string,
  after: string,
): boolean {
  if (format.fault(after) !== undefined) return false
  return isDeepStrictEqual(format.others(before, name), format.others(after, name))
}
