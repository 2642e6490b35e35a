import {
  CLIENT_IDS,
  CLIENTS,
  type ClientId,
  parseClientId,
  parseScope,
  SCOPES,
  type Scope,
} from '../../../shared/clients/client-facts.ts'
import type { ServeOptions } from '../../../shared/protocol/hello.ts'
import { readServeFlags } from '../serve-flags.ts'
import { type FlagKinds, readFlags } from '../terminal/flags.ts'

/** What the commands about clients' settings are told. */
export type InstallFlags =
  | {
      kind: 'flags'
      client: ClientId
      scope: Scope
      name: string | undefined
      serve: ServeOptions
      on(name: string): boolean
      value(name: string): string | undefined
    }
  | { kind: 'help' }
  | { kind: 'usage-error'; message: string }

const COMMON: FlagKinds = { client: 'string', name: 'string', json: 'boolean' }

/** Of those that change something. */
export const CHANGE_FLAGS: FlagKinds = { scope: 'string', 'dry-run': 'boolean', force: 'boolean' }

/** Flags of `kosmo mcp:serve` that its arguments in a client's settings can have. */
const SERVE_FLAGS = /^--(integration|integrations|write|account|max-result-chars)(=|$)/

/**
 * Reads the flags of a command: its own, and those of the server that a client is to start. The latter are read just as
 * that server will, because a client shows nobody why it did not start.
 *
 * @param known ids of integrations
 */
export function readInstallFlags(
  args: readonly string[],
  own: FlagKinds,
  known: readonly string[],
): InstallFlags {
  const { serve, rest } = split(args)
  const flags = readFlags(rest, { ...COMMON, ...own })
  if (flags.kind === 'usage-error') return flags
  if (flags.on('help')) return { kind: 'help' }
  const [word] = flags.words
  if (word !== undefined) return usage('there are no words besides flags, such as --client=codex')
  const client = parseClientId(flags.value('client') ?? 'codex')
  if (client === undefined) return usage(`--client is none of ${CLIENT_IDS.join(', ')}`)
  const scope = parseScope(flags.value('scope') ?? 'user')
  if (scope === undefined) return usage(`--scope is none of ${SCOPES.join(', ')}`)
  if (scope === 'project' && CLIENTS[client].project === undefined) {
    return usage(`${CLIENTS[client].name} has no settings for one project alone`)
  }
  const name = flags.value('name')
  if (name === '') return usage('--name needs a value')
  const asked = serve.some(each => /^--integrations?(=|$)/.test(each))
    ? serve
    : [...serve, ...known.map(id => `--integration=${id}`)]
  const read = readServeFlags(asked, known)
  if (read.kind === 'usage-error') return usage(read.message)
  if (read.kind === 'help') return { kind: 'help' }
  if (read.kind === 'profile')
    return usage('a profile is not written into settings: say what it says by flags')
  const [warning] = read.warnings
  if (warning !== undefined) return usage(warning)
  const { on, value } = flags
  return { kind: 'flags', client, scope, name, serve: read.options, on, value }
}

/** Flags that the server gets, with a value of their own where that stands apart. */
function split(args: readonly string[]): { serve: string[]; rest: string[] } {
  const serve: string[] = []
  const rest: string[] = []
  for (let at = 0; at < args.length; at++) {
    const flag = args[at] ?? ''
    if (!SERVE_FLAGS.test(flag)) {
      rest.push(flag)
      continue
    }
    serve.push(flag)
    const value = args[at + 1]
    if (!flag.includes('=') && value !== undefined && !value.startsWith('--')) {
      serve.push(value)
      at += 1
    }
  }
  return { serve, rest }
}

function usage(message: string): InstallFlags {
  return { kind: 'usage-error', message }
}
