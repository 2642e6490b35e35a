import { join } from 'node:path'
import { CLIENTS, type ClientId } from '../../shared/clients/client-facts.ts'
import { codexEntry } from '../../shared/clients/codex/codex-entry.ts'
import { passedOnByCodex } from '../../shared/clients/codex/codex-environment.ts'
import type { CodexVersion } from '../../shared/clients/codex/version.ts'
import { toolsOf } from '../../shared/clients/offer.ts'
import { serveArgs } from '../../shared/clients/serve-args.ts'
import { type JsonObject, jsonEntry, type ServerCommand } from '../../shared/clients/server-entry.ts'
import type { ServeOptions } from '../../shared/protocol/hello.ts'
import type { ClientSystem } from './client-system.ts'

/** How long Codex waits where nobody set it: `shared/approvals/wait.ts`. */
const CODEX_WAIT_SECONDS = 240

/** What a client has to start. A folder of ours that is not the usual one is named, so that the server finds it. */
export function serverCommand(serve: ServeOptions, system: ClientSystem): ServerCommand {
  const { program, kosmoHome, userHome } = system
  const isUsual = kosmoHome === join(userHome, '.kosmokrator-desktop')
  return {
    command: program.node,
    args: [program.script, ...serveArgs(serve)],
    env: isUsual ? {} : { KOSMO_HOME: kosmoHome },
  }
}

/**
 * Our entry as a client writes it down.
 *
 * @param versions of every Codex that reads it; empty where none is known or others may share the file
 */
export function clientEntry(
  client: ClientId,
  serve: ServeOptions,
  versions: readonly (CodexVersion | undefined)[],
  system: ClientSystem,
): JsonObject {
  const server = serverCommand(serve, system)
  const { shape } = CLIENTS[client]
  if (shape !== undefined) return jsonEntry(server, shape)
  const { offered, waitSeconds = CODEX_WAIT_SECONDS } = system
  const { integrations, write } = serve
  const accounts = offered.filter(({ id }) => integrations.includes(id)).flatMap(({ variables }) => variables)
  const table = codexEntry({
    ...server,
    envVars: passedOnByCodex(accounts),
    write,
    writeTools: toolsOf(offered, integrations, false).flatMap(({ name, writes }) => (writes ? [name] : [])),
    versions,
    waitSeconds,
  })
  return table as JsonObject
}
