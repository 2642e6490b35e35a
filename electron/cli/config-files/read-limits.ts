import {
  type FolderLimits,
  limitsUnknown,
  readFolderLimits,
  strictestLimits,
} from '../../../shared/config/folder-limits.ts'
import { cleanLine } from '../../../shared/text/clean.ts'
import { readYaml } from './read-yaml.ts'

/** What the files of a project take away. One that cannot be read lets no write through, and `warnings` say so. */
export function readLimits(
  files: readonly string[],
  integrations: readonly string[],
): { limits: FolderLimits; warnings: string[] } {
  const all: FolderLimits[] = []
  const warnings: string[] = []
  for (const path of files) {
    const read = readYaml(path, 'project')
    if (read.kind === 'missing') continue
    const found =
      read.kind === 'broken' ? { kind: read.kind, why: read.why } : readFolderLimits(read.value, integrations)
    if (found.kind === 'limits') {
      all.push(found.limits)
      continue
    }
    const why = read.kind === 'broken' ? found.why : `${cleanLine(path)}: ${found.why}`
    warnings.push(`${why}; nobody knows what it forbids, so no write is let through`)
    all.push(limitsUnknown(integrations))
  }
  return { limits: strictestLimits(all), warnings }
}
