/** Waits end before the client's own do: Codex gives up after 300 s, clients that we do not know after 60. */
const CODEX_WAIT_MS = 240_000
const UNKNOWN_WAIT_MS = 50_000

/** How long a call of a client waits for a person, in milliseconds. @param seconds what the person has set instead */
export function waitMs(clientName: string, seconds: number | undefined): number {
  if (seconds !== undefined) return seconds * 1_000
  return clientName === 'codex-mcp-client' ? CODEX_WAIT_MS : UNKNOWN_WAIT_MS
}
