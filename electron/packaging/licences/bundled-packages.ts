import type { Rolldown } from 'vite'
import { packageFolder } from './package-facts.ts'

/** What is in the programs of some environments: bytes by the folder of a package. */
export type Bundled = Map<string, number>

/** Adds what is in a bundle: how much of it each package takes. */
export function addBundle(bundled: Bundled, bundle: Rolldown.OutputBundle): void {
  const add = (module: string, bytes: number) => {
    const folder = packageFolder(module)
    if (folder !== undefined && bytes > 0) bundled.set(folder, (bundled.get(folder) ?? 0) + bytes)
  }
  for (const output of Object.values(bundle)) {
    if (output.type === 'asset') {
      const [from = ''] = output.originalFileNames
      add(from, Buffer.byteLength(output.source))
      continue
    }
    const modules = Object.entries(output.modules)
    const rendered = modules.reduce((sum, [, { renderedLength }]) => sum + renderedLength, 0)
    // What is minified is smaller than its modules: each has its share.
    const share = Buffer.byteLength(output.code) / Math.max(1, rendered)
    for (const [id, { renderedLength }] of modules) add(id, renderedLength * share)
  }
}
