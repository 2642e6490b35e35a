import { CODEX_SINCE, type CodexVersion, isAtLeast } from './codex/version.ts'

/** The name that our server has in a client's settings where nobody says otherwise. */
export const SERVER_NAME = 'kosmokrator-mattermost'

/** Short enough for a Codex that cuts names at 64 characters. */
export const SHORT_SERVER_NAME = 'kosmo'

/** Codex keeps these for itself. */
const TAKEN = ['codex_apps', 'node_repl', 'codex_tui']

/** Whether a word can name our server in every client. */
export function isServerName(word: string): boolean {
  // No client takes more; the second is no name of an object's own.
  return /^[a-z0-9][a-z0-9_-]{0,39}$/i.test(word) && !TAKEN.includes(word.toLowerCase())
}

/**
 * The name of the server in Codex. A model of an old Codex would see our tools under names that were cut and hashed, so
 * there the server's is short.
 *
 * @param longestTool length of the longest name of a tool
 */
export function codexServerName(
  versions: readonly (CodexVersion | undefined)[],
  longestTool: number,
): { name: string; shortFor: CodexVersion | undefined } {
  const isTooLong = `mcp__${SERVER_NAME}__`.length + longestTool > 64
  const shortFor = versions.find(
    version => version !== undefined && isTooLong && !isAtLeast(version, CODEX_SINCE.longNames),
  )
  return { name: shortFor === undefined ? SERVER_NAME : SHORT_SERVER_NAME, shortFor }
}
