import type { WritePolicy } from '../../policy/write-policy.ts'
import type { TomlTable } from '../toml/write-toml.ts'
import { CODEX_SINCE, type CodexVersion, canAll } from './version.ts'

/** What an entry for Codex is made of. */
export type CodexEntryParts = {
  command: string
  args: readonly string[]
  /** Literal variables; never a secret. */
  env: Readonly<Record<string, string>>
  /** Names of variables that Codex passes on from its own environment. */
  envVars: readonly string[]
  write: WritePolicy
  /** Names of the tools that write. */
  writeTools: readonly string[]
  /** Versions of every Codex that reads the file; undefined for one that does not tell. */
  versions: readonly (CodexVersion | undefined)[]
  /** How long a person may take to answer, in seconds. */
  waitSeconds: number
}

/** From a cold disk, with a virus scanner; in general it is a tenth of a second. */
const STARTUP_TIMEOUT_SECONDS = 30

const LEAST_TOOL_TIMEOUT_SECONDS = 600

/** Answers need a while of their own after the longest wait. */
const BEYOND_WAIT_SECONDS = 60

/**
 * Our table in Codex's settings. Reads never prompt, by their annotations. KosmoKrator decides on each write itself, so
 * Codex is told not to ask a second time: for these tools one by one, and never for the server.
 */
export function codexEntry(parts: CodexEntryParts): TomlTable {
  const { command, args, env, envVars, write, writeTools, versions, waitSeconds } = parts
  const writes = write !== 'deny'
  return {
    command,
    args,
    env_vars: envVars,
    startup_timeout_sec: STARTUP_TIMEOUT_SECONDS,
    tool_timeout_sec: Math.max(LEAST_TOOL_TIMEOUT_SECONDS, waitSeconds + BEYOND_WAIT_SECONDS),
    // What a later version adds and this entry does not name is asked about.
    ...(writes && canAll(versions, CODEX_SINCE.writesMode) && { default_tools_approval_mode: 'writes' }),
    ...(Object.keys(env).length > 0 && { env }),
    ...(writes && {
      tools: Object.fromEntries(writeTools.map(tool => [tool, { approval_mode: 'approve' }])),
    }),
  }
}
