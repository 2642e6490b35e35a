import type { FolderLimits } from '../../shared/config/folder-limits.ts'
import { personFiles, projectFiles } from './config-files/places.ts'
import { readLimits } from './config-files/read-limits.ts'
import { type ReadProfile, readServeProfile } from './config-files/serve-profile.ts'
import { type ProjectChange, writeProjectFile } from './config-files/write-limits.ts'

/*
 * Everything that has to read YAML: a program of its own, which is loaded only where a file is there or a profile is
 * named. It gives values back and throws nothing: its classes of errors are not those of whoever loads it.
 */

/** A profile of a person's files and the project's. */
export function loadProfile(
  name: string,
  folder: string,
  variables: Record<string, string | undefined>,
): ReadProfile {
  const [person, project] = [personFiles(variables), projectFiles(folder, variables)]
  return readServeProfile(name, { person, project })
}

/** What files of a project take away, with sentences about those that cannot be read. */
export function loadLimits(
  files: readonly string[],
  integrations: readonly string[],
): { limits: FolderLimits; warnings: string[] } {
  return readLimits(files, integrations)
}

/** Changes what a project's file takes away; gives why it was left as it is, where it was. */
export function changeProjectFile(
  path: string,
  integration: string,
  change: ProjectChange,
): string | undefined {
  return writeProjectFile(path, integration, change)
}
