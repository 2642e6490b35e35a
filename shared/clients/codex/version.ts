/** A version of Codex: major, minor, patch. */
export type CodexVersion = readonly [number, number, number]

/** The version in what `codex --version` prints, e.g. `codex-cli 0.169.0`; undefined where there is none. */
export function parseCodexVersion(printed: string): CodexVersion | undefined {
  const [, major, minor, patch] = /\b(\d{1,6})\.(\d{1,6})\.(\d{1,6})\b/.exec(printed) ?? []
  if (major === undefined || minor === undefined || patch === undefined) return undefined
  return [Number(major), Number(minor), Number(patch)]
}

/** Whether a version is another or newer. */
export function isAtLeast(version: CodexVersion, other: CodexVersion): boolean {
  const at = version.findIndex((part, index) => part !== other[index])
  return at === -1 || (version[at] ?? 0) > (other[at] ?? 0)
}

/** A version as people write it. */
export function versionText(version: CodexVersion): string {
  return version.join('.')
}

/** What Codex can do from which version on, measured with the real ones. */
export const CODEX_SINCE = {
  /** `default_tools_approval_mode = "writes"`: an older one does not start at all with it in its settings. */
  writesMode: [0, 144, 0],
  /** Names of 128 characters; before, longer ones than 64 were cut and hashed. */
  longNames: [0, 156, 1],
  /** `codex app-server --strict-config`. */
  strictConfig: [0, 143, 0],
  /** `--print-startup-config`, and `serverName` in `mcpServerStatus/list`. */
  oneServer: [0, 169, 0],
} as const satisfies Record<string, CodexVersion>

/** Whether all of these can; false where there is none. */
export function canAll(versions: readonly (CodexVersion | undefined)[], since: CodexVersion): boolean {
  return versions.length > 0 && versions.every(version => version !== undefined && isAtLeast(version, since))
}
