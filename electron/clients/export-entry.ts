import { CLIENTS, type ClientId } from '../../shared/clients/client-facts.ts'
import { commandLine } from '../../shared/clients/command-line.ts'
import { commonEntry, type JsonObject, jsonEntry } from '../../shared/clients/server-entry.ts'
import { SERVER_NAME, serverNameFor } from '../../shared/clients/server-name.ts'
import type { ServeOptions } from '../../shared/protocol/hello.ts'
import { clientEntry, serverCommand } from './client-entry.ts'
import type { ClientSystem } from './client-system.ts'
import { codexToml } from './codex/codex-toml.ts'

export const EXPORT_FORMATS = ['json', 'toml', 'command'] as const

export type ExportFormat = (typeof EXPORT_FORMATS)[number]

/** An entry for a person to put into settings themselves. No secret is ever in it. */
export type ExportedEntry = {
  /** As the client reads it, e.g. `{ mcpServers: { <name>: … } }`. */
  config: JsonObject
  /** The same in the format that was asked for. */
  text: string
}

export type ExportRequest = {
  /** Undefined: TOML for Codex, JSON for everybody else. */
  format: ExportFormat | undefined
  /** Whose way of writing JSON it is; undefined for the one that most read. */
  client: ClientId | undefined
  /** Undefined for the usual one of that client. */
  name: string | undefined
  serve: ServeOptions
}

/** What a client's settings need to start our server, as text for a terminal or the clipboard. */
export function exportEntry(request: ExportRequest, system: ClientSystem): ExportedEntry {
  const { client, serve, format = client === 'codex' ? 'toml' : 'json' } = request
  const server = serverCommand(serve, system)
  const name = request.name ?? usualName(client, system)
  const shape = client && CLIENTS[client].shape
  const config: JsonObject =
    shape === undefined
      ? { mcpServers: { [name]: commonEntry(server) } }
      : { [shape.container]: { [name]: jsonEntry(server, shape) } }
  switch (format) {
    case 'json':
      return { config, text: JSON.stringify(config, undefined, 2) }
    case 'toml':
      // Which Codex will read it is not known, so it holds nothing that an older one would die of.
      return { config, text: codexToml(name, clientEntry('codex', serve, [], system)).trimEnd() }
    case 'command':
      return { config, text: commandLine(server, system.platform) }
  }
}

function usualName(client: ClientId | undefined, { offered }: ClientSystem): string {
  if (client === undefined) return SERVER_NAME
  const lengths = offered.flatMap(({ tools }) => tools.map(tool => tool.name.length))
  return serverNameFor(client, [], Math.max(0, ...lengths)).name
}
