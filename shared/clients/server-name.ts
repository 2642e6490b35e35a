import { CLIENTS, type ClientId } from './client-facts.ts'
import { CODEX_SINCE, type CodexVersion, isAtLeast, versionText } from './codex/version.ts'

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

/** What a name of ours is for, and why it is not the usual one. */
export type ChosenName = { name: string; why: string | undefined }

/** Clients that show a model names of 128 characters whole: measured for Claude Code, and what its maker's API takes. */
const TAKE_LONG_NAMES: readonly ClientId[] = ['claude-code', 'claude-desktop']

/** Where others, Gemini CLI and old ones of Codex among them, cut the name of server and tool together. */
const USUAL_LIMIT = 64

/**
 * The name of the server in a client's settings: the usual one, or a short one where a model would see our tools under
 * names that were cut.
 *
 * @param versions of every Codex that is here
 * @param longestTool length of the longest name of a tool
 */
export function serverNameFor(
  client: ClientId,
  versions: readonly (CodexVersion | undefined)[],
  longestTool: number,
): ChosenName {
  const isTooLong = `mcp__${SERVER_NAME}__`.length + longestTool > USUAL_LIMIT
  if (!isTooLong || TAKE_LONG_NAMES.includes(client)) return { name: SERVER_NAME, why: undefined }
  const old = versions.find(version => version !== undefined && !isAtLeast(version, CODEX_SINCE.longNames))
  if (client === 'codex' && old === undefined) return { name: SERVER_NAME, why: undefined }
  const who = old === undefined ? CLIENTS[client].name : `Codex ${versionText(old)}`
  return {
    name: SHORT_SERVER_NAME,
    why: `The server is called ${SHORT_SERVER_NAME}, since ${who} cuts names at ${USUAL_LIMIT} characters and its model would not see those of our tools whole.`,
  }
}
