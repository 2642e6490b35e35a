import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { CLIENTS, type ClientFacts, type ClientId, type Scope } from '../../shared/clients/client-facts.ts'
import { projectPath, userPaths } from '../../shared/clients/client-paths.ts'
import type { Receipt } from '../../shared/clients/receipt.ts'
import type { ClientSystem } from './client-system.ts'
import { tomlFormat } from './codex/toml-format.ts'
import { differences, isRecord } from './compare-values.ts'
import { jsonFormat } from './json/json-format.ts'
import { type OtherFile, readOther } from './other-file.ts'
import type { Receipts } from './receipts.ts'
import type { SettingsFormat } from './settings-format.ts'

/** Where the settings of a client are. */
export type SettingsPlace = {
  facts: ClientFacts
  scope: Scope
  path: string
  /** The project; undefined for a person's own settings. */
  folder: string | undefined
  format: SettingsFormat
}

/** What stands in a client's settings under a name. `kept`: what Codex itself added to our entry, by tool. */
export type Look =
  | { kind: 'refused'; why: string }
  | { kind: 'broken'; why: string }
  | { kind: 'absent'; file: OtherFile & { kind: 'text' | 'missing' } }
  | {
      /** `changed`: by somebody since we wrote it; `changes` says what. */
      kind: 'ours' | 'changed' | 'foreign'
      file: OtherFile & { kind: 'text' }
      value: unknown
      kept: Record<string, unknown>
      changes: string[]
      receipt: Receipt | undefined
    }

/** A look on which something can be planned. */
export type UsableLook = Exclude<Look, { kind: 'refused' | 'broken' }>

/** Where a client's settings are; undefined where it has none of that scope. */
export function settingsPlace(
  client: ClientId,
  scope: Scope,
  system: ClientSystem,
): SettingsPlace | undefined {
  const facts = CLIENTS[client]
  const format = facts.shape === undefined ? tomlFormat : jsonFormat(facts.shape.container)
  if (scope === 'user') {
    const paths = userPaths(facts, system)
    const path = paths.find(existsSync) ?? paths[0]
    return path === undefined ? undefined : { facts, scope, path, folder: undefined, format }
  }
  const folder = projectFolder(system.cwd)
  const path = projectPath(facts, folder, system)
  return path === undefined ? undefined : { facts, scope, path, folder, format }
}

/** Looks at the settings and at the entry of that name, and changes nothing. */
export function lookAt(place: SettingsPlace, name: string, receipts: Receipts, system: ClientSystem): Look {
  const { path, folder, format, facts } = place
  const file = readOther(path, { uid: system.uid, ...(folder !== undefined && { inside: folder }) })
  if (file.kind === 'refused') return file
  if (file.kind === 'missing') return { kind: 'absent', file }
  const fault = format.fault(file.text)
  if (fault !== undefined) {
    const where = `line ${fault.line}, column ${fault.column}`
    return {
      kind: 'broken',
      why: `${path} cannot be understood at ${where}. It is left alone; mend it there.`,
    }
  }
  const found = format.find(file.text, name)
  if (found.kind === 'unusable') {
    return {
      kind: 'broken',
      why: `In ${path} ${found.why}, which ${facts.name} would not take. It is left alone.`,
    }
  }
  if (found.kind === 'absent') return { kind: 'absent', file }
  const receipt = receipts.get(file.target, name)
  const { core, kept } =
    facts.id === 'codex' ? withoutKept(found.value, receipt) : { core: found.value, kept: {} }
  const base = { file, value: found.value, kept, receipt }
  if (receipt === undefined) return { kind: 'foreign', ...base, changes: [] }
  const changes = differences(receipt.entry, core)
  if (found.hasComment) changes.push('a comment was added')
  return { kind: changes.length === 0 ? 'ours' : 'changed', ...base, changes }
}

/** What Codex keeps of a person's "always allow", beside what we wrote. */
function withoutKept(
  value: unknown,
  receipt: Receipt | undefined,
): { core: unknown; kept: Record<string, unknown> } {
  if (!isRecord(value) || !isRecord(value.tools)) return { core: value, kept: {} }
  const written = isRecord(receipt?.entry.tools) ? receipt.entry.tools : {}
  const tools = Object.entries(value.tools)
  const ours = tools.filter(([tool]) => Object.hasOwn(written, tool))
  const kept = Object.fromEntries(tools.filter(([tool]) => !Object.hasOwn(written, tool)))
  const { tools: _, ...rest } = value
  return { core: ours.length === 0 ? rest : { ...rest, tools: Object.fromEntries(ours) }, kept }
}

/** The folder with the repository around a folder, else that folder itself. */
export function projectFolder(cwd: string): string {
  for (let folder = cwd; ; folder = dirname(folder)) {
    if (existsSync(join(folder, '.git'))) return folder
    if (dirname(folder) === folder) return cwd
  }
}
