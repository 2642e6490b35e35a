import { closeSync, openSync } from 'node:fs'
import { devNull } from 'node:os'

/**
 * Whether so many files can be opened at this moment.
 *
 * To be asked before a process is started: where Node finds no files left in the middle of that, it never closes the
 * pipes that it has made so far (child_process.js of Node 20 to 24), and who runs out once has less room ever after.
 */
export function hasRoomForFiles(count: number): boolean {
  const opened: number[] = []
  try {
    while (opened.length < count) opened.push(openSync(devNull, 'r'))
    return true
  } catch {
    return false
  } finally {
    for (const descriptor of opened) closeSync(descriptor)
  }
}
