import { parse } from 'smol-toml'
import { CLIENTS } from '../../../shared/clients/client-facts.ts'
import { userPaths } from '../../../shared/clients/client-paths.ts'
import type { ClientSystem } from '../client-system.ts'
import { isRecord } from '../compare-values.ts'
import { readOther } from '../other-file.ts'

/** Whether the person told Codex that it may trust a folder. Only looks; to say so is theirs alone. */
export function isTrustedByCodex(folder: string, system: ClientSystem): boolean {
  const [path] = userPaths(CLIENTS.codex, system)
  const file = path === undefined ? undefined : readOther(path, { uid: system.uid })
  if (file?.kind !== 'text') return false
  try {
    const { projects } = parse(file.text.replace(/^\ufeff/, ''), { integersAsBigInt: 'asNeeded' })
    const project = isRecord(projects) && Object.hasOwn(projects, folder) ? projects[folder] : undefined
    return isRecord(project) && project.trust_level === 'trusted'
  } catch {
    return false
  }
}
