import { closeSync, fsyncSync, openSync } from 'node:fs'

/**
 * Puts the names in a folder on disk: a new file outlasts a power cut only once its folder is there as well. Windows has
 * no such call, and what is in the file is on disk all the same where it fails.
 */
export function syncFolder(folder: string): void {
  try {
    const descriptor = openSync(folder, 'r')
    try {
      fsyncSync(descriptor)
    } finally {
      closeSync(descriptor)
    }
  } catch {
    // Not every system can.
  }
}
