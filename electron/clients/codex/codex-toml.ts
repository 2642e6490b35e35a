import type { JsonObject } from '../../../shared/clients/server-entry.ts'
import { type TomlTable, tableLines } from '../../../shared/clients/toml/write-toml.ts'

/** Our entry as text for Codex's `config.toml`. */
export function codexToml(name: string, entry: JsonObject): string {
  return `${tableLines(['mcp_servers', name], entry as TomlTable).join('\n')}\n`
}
