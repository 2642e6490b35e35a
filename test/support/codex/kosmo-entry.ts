import { gatewayCommand, type WriteRequest } from '../clients/gateway-command.ts'
import type { ServerEntry } from './codex-config.ts'
import type { ShownTool } from './model-request.ts'

/** Our name in Codex's settings, and what Codex makes of it for its model. */
export const serverName = 'kosmokrator-mattermost'
export const namespace = 'mcp__kosmokrator_mattermost'

/** The full name of one of our tools. */
export function tool(name: string): string {
  return `integration__mattermost__mattermost_${name}`
}

/** The built gateway as an entry of Codex's settings; the account is passed in the entry's `env`. */
export function kosmoEntry(
  write: WriteRequest,
  account: { readonly url: string; readonly token: string },
  more: Partial<ServerEntry> = {},
): ServerEntry {
  return { name: serverName, ...gatewayCommand(write, account), ...more }
}

/** The names of our tools among all that a model is offered, sorted. */
export function ourTools(shown: readonly ShownTool[]): string[] {
  return shown
    .filter(each => each.namespace?.startsWith('mcp__'))
    .map(each => `${each.namespace}/${each.name}`)
    .sort()
}

/** A line of the fake model's script that calls one of our tools. */
export function call(name: string, args: Readonly<Record<string, unknown>> = {}): string {
  return `CALL ${tool(name)} ${JSON.stringify(args)}`
}
