import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Where Electron keeps its fuses in the program: this, a version, how many there are, and one letter each. */
const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'
const FUSES = 9

/**
 * An unpacked Electron of nothing but what electron-builder looks at: a program with fuses and files of the right
 * names. It packs, and does not run.
 */
export function makeStandInDist(folder: string, version: string): void {
  mkdirSync(join(folder, 'locales'), { recursive: true })
  mkdirSync(join(folder, 'resources'))
  const fuses = Buffer.concat([
    Buffer.from(SENTINEL),
    Buffer.from([1, FUSES]),
    Buffer.from('1'.repeat(FUSES)),
  ])
  const program = Buffer.concat([Buffer.from('#!/bin/sh\nexit 70\n'), fuses])
  for (const name of ['electron', 'chrome-sandbox', 'chrome_crashpad_handler']) {
    writeFileSync(join(folder, name), program)
    chmodSync(join(folder, name), 0o755)
  }
  for (const name of ['LICENSE', 'LICENSES.chromium.html', 'resources.pak', 'locales/en-US.pak']) {
    writeFileSync(join(folder, name), name)
  }
  writeFileSync(join(folder, 'version'), version)
}
