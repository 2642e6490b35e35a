import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../../setup/paths.mjs'

export type Source = { path: string; text: string }

/** The program's sources in some of its folders. */
export function sourcesIn(folders: readonly string[]): Source[] {
  return folders.flatMap(folder =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter(path => /\.(?:tsx?|mjs)$/.test(path))
      .map(path => ({ path: `${folder}/${path}`, text: readFileSync(join(root, folder, path), 'utf8') })),
  )
}
