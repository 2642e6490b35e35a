import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { isMap, parseDocument } from 'yaml'
import { faultWords } from '../../broker/fault-words.ts'
import { readWhole, writeWhole } from '../../broker/whole-file.ts'

/** What is written of an integration into a project's file; what is undefined stays as it is. */
export type ProjectChange = {
  enabled: boolean | undefined
  read: 'allow' | 'deny' | undefined
  write: 'deny' | 'ask' | 'allow' | undefined
}

const MAX_BYTES = 256_000

/**
 * Changes switch and permissions of an integration in a project's file, and leaves everything else in it as it is,
 * comments too.
 *
 * @returns why the file was left as it is, as a phrase; undefined where it was changed
 */
export function writeProjectFile(
  path: string,
  integration: string,
  change: ProjectChange,
): string | undefined {
  const read = readWhole(path, MAX_BYTES, 'anybody')
  if (read.kind === 'refused') return read.why
  const document = parseDocument(read.kind === 'text' ? read.text : '', { logLevel: 'silent' })
  const isFitting = document.contents === null || isMap(document.contents)
  if (document.errors.length > 0 || !isFitting) return 'it is not valid YAML, or no mapping'
  const { enabled, read: reads, write } = change
  const place = ['kosmo', 'integrations', integration]
  try {
    if (enabled !== undefined) document.setIn([...place, 'enabled'], enabled)
    if (reads !== undefined) document.setIn([...place, 'permissions', 'read'], reads)
    if (write !== undefined) document.setIn([...place, 'permissions', 'write'], write)
  } catch {
    return `kosmo.integrations.${integration} is no mapping`
  }
  try {
    // It belongs to the project, so everybody may read it.
    mkdirSync(dirname(path), { recursive: true })
    writeWhole(path, document.toString({ flowCollectionPadding: false, lineWidth: 0 }), 0o644)
    return undefined
  } catch (error) {
    return `it cannot be written (${faultWords(error)})`
  }
}
