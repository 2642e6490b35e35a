import type { Receipt } from '../../shared/clients/receipt.ts'
import type { JsonObject } from '../../shared/clients/server-entry.ts'
import { sha256 } from '../sha256.ts'
import { isRecord } from './compare-values.ts'
import type { SettingsPlace, UsableLook } from './look.ts'
import type { Placing } from './settings-format.ts'

/** What was put around an entry that took the place of another. */
const IN_PLACE: Placing = { lead: '', tail: '', comma: false, madeContainer: false }

/** What is kept of an entry that is about to be written. @param at milliseconds since 1970 */
export function newReceipt(
  { facts, scope, path }: SettingsPlace,
  name: string,
  entry: JsonObject,
  look: UsableLook,
  write: Receipt['write'],
  put: { text: string; placing: Placing | undefined },
  at: number,
): Receipt {
  const { file } = look
  const old = 'receipt' in look ? look.receipt : undefined
  const isAsWritten = old !== undefined && file.kind === 'text' && file.hash === old.afterHash
  // The copy is made, and its path filled in, when the plan is carried out.
  const fresh: Receipt['origin'] =
    file.kind === 'text' ? { kind: 'file', hash: file.hash, backup: '' } : { kind: 'none' }
  return {
    version: 1,
    client: facts.id,
    scope,
    path,
    target: file.target,
    name,
    at: new Date(at).toISOString(),
    write,
    // Without what Codex added, which stays its own.
    entry: mutable(withoutTools(entry, 'kept' in look ? look.kept : {})),
    placing: put.placing ?? old?.placing ?? IN_PLACE,
    afterHash: sha256(put.text),
    origin: old === undefined ? fresh : isAsWritten ? old.origin : { kind: 'unknown' },
    madeFile: old?.madeFile ?? file.kind === 'missing',
    madeFolders: old?.madeFolders ?? [],
  }
}

function withoutTools(entry: JsonObject, kept: Readonly<Record<string, unknown>>): JsonObject {
  if (!isRecord(entry.tools)) return entry
  const left = Object.entries(entry.tools).filter(([tool]) => !Object.hasOwn(kept, tool))
  const { tools: _, ...rest } = entry
  return left.length === 0 ? rest : ({ ...rest, tools: Object.fromEntries(left) } as JsonObject)
}

function mutable(entry: JsonObject): Receipt['entry'] {
  return structuredClone(entry) as Receipt['entry']
}
