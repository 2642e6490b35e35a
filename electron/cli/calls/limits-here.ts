import type { FolderLimits } from '../../../shared/config/folder-limits.ts'
import { catalogue } from '../../integrations/catalogue.ts'
import { projectFiles } from '../config-files/places.ts'
import { loadConfigFiles } from '../lazy-programs.ts'
import type { CliIo } from '../terminal/io.ts'

/** What files of the project around us take away from integrations; says on stderr which cannot be read. */
export function limitsHere(io: CliIo): FolderLimits {
  const files = projectFiles(io.cwd, io.variables)
  if (files.length === 0) return {}
  const { loadLimits } = loadConfigFiles()
  const { limits, warnings } = loadLimits(
    files,
    catalogue.map(({ id }) => id),
  )
  for (const warning of warnings) io.err(`kosmo: ${warning}`)
  return limits
}
