import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type UpdateSource, updateSource } from '../../../shared/updates/update-source.ts'
import { ownAppImage } from '../../install/app-image.ts'

export type SourceSurroundings = {
  isPackaged: boolean
  /** Of a packaged app. */
  resources: string
  platform: NodeJS.Platform
  variables: Record<string, string | undefined>
}

/** Looks how this app was installed, and so where its updates come from. */
export function findUpdateSource({
  isPackaged,
  resources,
  platform,
  variables,
}: SourceSurroundings): UpdateSource {
  return updateSource({
    isPackaged,
    platform,
    packageType: isPackaged ? packageType(join(resources, 'package-type')) : undefined,
    isAppImage: ownAppImage(variables, resources) !== undefined,
    hasFeed: isPackaged && existsSync(join(resources, 'app-update.yml')),
  })
}

function packageType(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8').trim()
  } catch {
    return undefined
  }
}
