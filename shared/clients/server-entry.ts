import type { EntryShape } from './client-facts.ts'

/** What a client has to start, and with which variables beside its own. */
export type ServerCommand = {
  /** Absolute path of a Node. */
  command: string
  args: readonly string[]
  /** Never a secret. */
  env: Readonly<Record<string, string>>
}

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json }

export type JsonObject = { readonly [key: string]: Json }

/** A server as a client with settings in JSON writes it down. */
export function jsonEntry({ command, args, env }: ServerCommand, shape: EntryShape): JsonObject {
  const { before = {}, after = {}, isOneList, envKey, needsEnv } = shape
  return {
    ...before,
    ...(isOneList ? { command: [command, ...args] } : { command, args }),
    ...((needsEnv || Object.keys(env).length > 0) && { [envKey]: env }),
    ...after,
  }
}

/** The shape of the original's own export, which most clients read. */
export function commonEntry({ command, args, env }: ServerCommand): JsonObject {
  return { type: 'stdio', command, args, ...(Object.keys(env).length > 0 && { env }) }
}
