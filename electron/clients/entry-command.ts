import { existsSync } from 'node:fs'
import { isAbsolute } from 'node:path'
import * as z from 'zod'
import { CLIENTS, type ClientId } from '../../shared/clients/client-facts.ts'
import type { ServerCommand } from '../../shared/clients/server-entry.ts'

const texts = z.array(z.string())
const variables = z.record(z.string(), z.string())

/** What an entry in a client's settings starts; undefined where it starts nothing. */
export function commandOf(client: ClientId, entry: unknown): ServerCommand | undefined {
  const { shape } = CLIENTS[client]
  const parsed = z.looseObject({}).safeParse(entry)
  if (!parsed.success) return undefined
  const { data } = parsed
  const all = shape?.isOneList ? texts.safeParse(data.command).data : undefined
  const command = all?.[0] ?? z.string().safeParse(data.command).data
  if (command === undefined) return undefined
  const args = all?.slice(1) ?? texts.safeParse(data.args).data ?? []
  return { command, args, env: variables.safeParse(data[shape?.envKey ?? 'env']).data ?? {} }
}

/**
 * The program or script of an entry that is not there; undefined where all is there. A person's own entry may name a
 * program of the PATH, or begin its arguments with a flag: only what is a whole path is looked for.
 */
export function missingProgram({ command, args }: ServerCommand): string | undefined {
  return [command, args[0] ?? ''].find(path => isAbsolute(path) && !existsSync(path))
}
