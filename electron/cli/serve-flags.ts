import { parseArgs } from 'node:util'
import { strictest } from '../../shared/policy/effective-policy.ts'
import { parseWritePolicy, WRITE_POLICIES } from '../../shared/policy/write-policy.ts'
import type { ServeOptions } from '../../shared/protocol/hello.ts'
import { DEFAULT_RESULT_CHARACTERS, MIN_RESULT_CHARACTERS } from '../../shared/results/limits.ts'
import { cleanLine } from '../../shared/text/clean.ts'
import { ellipsis } from '../../shared/text/shorten.ts'
import type { ServeProfile } from './config-files/serve-profile.ts'

export type ReadFlags =
  | { kind: 'options'; options: ServeOptions; warnings: string[] }
  /** A profile is named, which has to be read first: read the flags again with it. */
  | { kind: 'profile'; name: string }
  | { kind: 'help' }
  | { kind: 'usage-error'; message: string }

const DEFAULTS = {
  integration: [] as string[],
  integrations: [] as string[],
  account: 'default',
  name: 'kosmo',
  force: false,
  help: false,
}

/**
 * Reads the flags of `kosmo mcp:serve`. Pure: says what is wrong instead of printing it. Flags go before a person's
 * profile; beyond what a project's profile says nothing goes.
 */
export function readServeFlags(args: string[], known: readonly string[], profile?: ServeProfile): ReadFlags {
  let values: ReturnType<typeof parse>
  try {
    values = parse(args)
  } catch (error) {
    return usage(error instanceof Error ? cleanLine(error.message.split('\n')[0] ?? '') : 'unreadable flags')
  }
  if (values.help) return { kind: 'help' }
  const asked = parseWritePolicy(values.write ?? '')
  if (values.write !== undefined && asked === undefined)
    return usage(`--write=${ellipsis(cleanLine(values.write), 40)} is none of ${WRITE_POLICIES.join(', ')}`)
  const most = values['max-result-chars']
  if (most !== undefined && (!/^\d{1,9}$/.test(most) || Number(most) < MIN_RESULT_CHARACTERS)) {
    return usage(`--max-result-chars takes a whole number of at least ${MIN_RESULT_CHARACTERS}`)
  }
  if (!/^[\w.-]{1,64}$/.test(values.name)) return usage('--name takes letters, digits, ".", "_" and "-"')
  if (!/^[\w.-]{1,64}$/.test(values.account))
    return usage('--account takes letters, digits, ".", "_" and "-"')
  if (values.profile !== undefined && profile === undefined) return { kind: 'profile', name: values.profile }
  const { defaults = {}, caps = {} } = profile ?? {}
  const said = [...(profile?.warnings ?? [])]
  const lists = [...values.integration, ...values.integrations]
  const { integrations, warnings } = selectIntegrations(
    lists.length > 0 ? lists : (defaults.integrations ?? caps.integrations ?? []),
    caps.integrations,
    known,
  )
  const { name, account } = values
  const maxResultCharacters = Math.min(
    most === undefined ? (defaults.maxResultCharacters ?? DEFAULT_RESULT_CHARACTERS) : Number(most),
    caps.maxResultCharacters ?? Number.POSITIVE_INFINITY,
  )
  const write = strictest(asked ?? defaults.write ?? 'deny', caps.write ?? 'allow')
  if (values.force) said.push('--force lifts nothing: deny stays deny, and ask asks')
  return {
    kind: 'options',
    options: { integrations, write, account, maxResultCharacters, name },
    warnings: [...said, ...warnings],
  }
}

type Values = typeof DEFAULTS & { write?: string; profile?: string; 'max-result-chars'?: string }

/** As our own entries in clients' settings are written: `--write=ask`. */
const PLAIN_FLAGS = ['--integration', '--write', '--account', '--name']

/** @throws Error, with a sentence of Node's, where they cannot be read */
function parse(args: string[]): Values {
  return { ...DEFAULTS, ...(parsePlain(args) ?? parseAll(args)) }
}

/** Node's reader takes a twentieth of a client's whole start to load: what needs no reader is read without. */
function parsePlain(args: string[]): Partial<Values> | undefined {
  const integration: string[] = []
  const others: Record<string, string> = {}
  for (const arg of args) {
    const [flag = '', value, ...more] = arg.split('=')
    if (!PLAIN_FLAGS.includes(flag) || !value || more.length > 0) return undefined
    if (flag === '--integration') integration.push(value)
    else others[flag.slice(2)] = value
  }
  return { ...others, integration }
}

function parseAll(args: string[]): Partial<Values> {
  return parseArgs({
    args,
    strict: true,
    allowPositionals: false,
    options: {
      integration: { type: 'string', multiple: true },
      integrations: { type: 'string', multiple: true },
      write: { type: 'string' },
      profile: { type: 'string' },
      account: { type: 'string' },
      'max-result-chars': { type: 'string' },
      name: { type: 'string' },
      force: { type: 'boolean' },
      // Of the original; there is nothing to switch on or off here.
      resources: { type: 'boolean' },
      'no-resources': { type: 'boolean' },
      prompts: { type: 'boolean' },
      'no-prompts': { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  }).values
}

function selectIntegrations(
  lists: readonly string[],
  cap: readonly string[] | undefined,
  known: readonly string[],
) {
  const asked = [...new Set(lists.flatMap(list => list.split(',')).map(name => name.trim().toLowerCase()))]
  const named = asked.filter(name => name !== '')
  const integrations = named.filter(name => known.includes(name) && cap?.includes(name) !== false)
  const warnings = named
    .filter(name => !known.includes(name))
    .map(name => `there is no integration "${ellipsis(cleanLine(name), 60)}"; known: ${known.join(', ')}`)
  if (integrations.length === 0) {
    warnings.push(`no integration is selected, so there are no tools; add --integration=${known[0] ?? ''}`)
  }
  return { integrations, warnings }
}

function usage(message: string): ReadFlags {
  return { kind: 'usage-error', message }
}
