import { codexEnvironment } from '../../shared/clients/codex/codex-environment.ts'
import type { JsonObject, ServerCommand } from '../../shared/clients/server-entry.ts'
import type { ClientSystem } from './client-system.ts'
import { shakeHands } from './mcp-handshake.ts'
import type { Verification } from './verification.ts'

/** Starts the server in the environment that Codex would give it, where there is no Codex to do so. */
export async function verifyWithoutCodex(
  server: ServerCommand,
  entry: JsonObject,
  { variables, userHome, platform }: ClientSystem,
): Promise<Verification> {
  const envVars = Array.isArray(entry.env_vars) ? entry.env_vars.map(String) : []
  const env = codexEnvironment(variables, { env: server.env, envVars }, platform)
  const met = await shakeHands(server, { env, cwd: userHome })
  if (met.kind === 'failed')
    return { kind: 'failed', why: `The server that Codex would start does not work: ${met.why}.` }
  const said = `Started with the environment that Codex gives, the server lists ${met.tools.length} tools. No Codex was found to look at it.`
  return { kind: 'verified', said, warnings: [] }
}

/** Starts the server as a client would, for clients that cannot be asked themselves. */
export async function verifyByHandshake(
  clientName: string,
  server: ServerCommand,
  { variables, userHome }: ClientSystem,
): Promise<Verification> {
  const met = await shakeHands(server, { env: { ...variables, ...server.env }, cwd: userHome })
  return met.kind === 'met'
    ? {
        kind: 'verified',
        said: `Started as ${clientName} will start it, the server lists ${met.tools.length} tools.`,
        warnings: [],
      }
    : { kind: 'failed', why: `The server that ${clientName} would start does not work: ${met.why}.` }
}
