import { parse, TomlError, type TomlTable } from 'smol-toml'
import type { JsonObject } from '../../../shared/clients/server-entry.ts'
import { applyEdits } from '../../../shared/clients/text-edit.ts'
import { addEntry, findEntry, removeSpans, replaceSpans } from '../../../shared/clients/toml/entry-edits.ts'
import { hasCommentBetween } from '../../../shared/clients/toml/tokens.ts'
import type { TomlTable as NewTable } from '../../../shared/clients/toml/write-toml.ts'
import type { FoundEntry, Placing, SettingsFormat } from '../settings-format.ts'

const SERVERS = 'mcp_servers'

/** Codex's `config.toml`. Places are found by a scanner of our own, validity is the library's to say. */
export const tomlFormat: SettingsFormat = {
  fault(text) {
    try {
      parseToml(text)
      return undefined
    } catch (error) {
      if (error instanceof TomlError) return { line: error.line, column: error.column }
      return { line: 1, column: 1 }
    }
  },

  find(text, name): FoundEntry {
    const servers = parseToml(text)[SERVERS]
    if (servers === undefined) return { kind: 'absent' }
    if (!isTable(servers)) return { kind: 'unusable', why: `${SERVERS} is not a table` }
    const value = Object.hasOwn(servers, name) ? servers[name] : undefined
    if (value === undefined) return { kind: 'absent' }
    const { spans } = findEntry(text, [SERVERS, name])
    return {
      kind: 'entry',
      value,
      hasComment: spans.some(({ start, end }) => hasCommentBetween(text, start, end)),
    }
  },

  put(text, name, entry) {
    const path = [SERVERS, name]
    const { spans } = findEntry(text, path)
    const table = withoutNulls(entry)
    const inPlace = replaceSpans(text, spans, path, table)
    if (inPlace !== undefined) return { text: applyEdits(text, inPlace), placing: undefined }
    const cleared = applyEdits(text, removeSpans(text, spans, ''))
    const { edit, lead } = addEntry(cleared, path, table)
    return {
      text: applyEdits(cleared, [edit]),
      placing: { lead, tail: '', comma: false, madeContainer: false },
    }
  },

  remove(text, name, { lead }: Placing) {
    const { spans } = findEntry(text, [SERVERS, name])
    return applyEdits(text, removeSpans(text, spans, lead))
  },

  others(text, name) {
    const root = parseToml(text)
    const servers = root[SERVERS]
    if (!isTable(servers)) return root
    delete servers[name]
    if (Object.keys(servers).length === 0) delete root[SERVERS]
    return root
  },
}

function parseToml(text: string): TomlTable {
  return parse(text.replace(/^\ufeff/, ''), { integersAsBigInt: 'asNeeded' })
}

function isTable(value: unknown): value is TomlTable {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date)
}

/** TOML has no null, and no entry of ours one. */
function withoutNulls(entry: JsonObject): NewTable {
  return entry as NewTable
}
