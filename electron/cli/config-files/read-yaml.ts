import { parseDocument } from 'yaml'
import { cleanLine } from '../../../shared/text/clean.ts'
import { ellipsis } from '../../../shared/text/shorten.ts'
import { readWhole } from '../../broker/whole-file.ts'

export type ReadYaml =
  | { kind: 'value'; value: unknown }
  | { kind: 'missing' }
  /** `why` is a sentence without a full stop that names the file. */
  | { kind: 'broken'; why: string }

const MAX_BYTES = 256_000

/** A document in which a few aliases stand for millions of values is no configuration. */
const MAX_ALIASES = 50

/**
 * Reads a YAML file. @param whose a person's own file must be theirs and nobody else's to write; a project's can be
 * anybody's, since it only takes away
 */
export function readYaml(path: string, whose: 'person' | 'project'): ReadYaml {
  // A project's folders have the names that somebody else gave them.
  const named = cleanLine(path)
  const read = readWhole(path, MAX_BYTES, whose === 'person' ? undefined : 'anybody')
  if (read.kind === 'missing') return read
  if (read.kind === 'refused') return { kind: 'broken', why: `${named}: ${read.why}` }
  try {
    const document = parseDocument(read.text, { uniqueKeys: true, stringKeys: true, logLevel: 'silent' })
    const [error] = document.errors
    if (error === undefined) return { kind: 'value', value: document.toJS({ maxAliasCount: MAX_ALIASES }) }
    const { line } = error.linePos?.[0] ?? { line: 1 }
    return { kind: 'broken', why: `${named}: line ${line} is not valid YAML` }
  } catch (error) {
    const why = error instanceof Error ? ellipsis(cleanLine(error.message), 100) : 'not understood'
    return { kind: 'broken', why: `${named}: ${why}` }
  }
}
