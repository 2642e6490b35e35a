import { parseArgs } from 'node:util'
import { parseWritePolicy, WRITE_POLICIES } from '../../shared/policy/write-policy.ts'
import type { ServeOptions } from '../../shared/protocol/hello.ts'
import { DEFAULT_RESULT_CHARACTERS, MIN_RESULT_CHARACTERS } from '../../shared/results/limits.ts'
import { cleanLine } from '../../shared/text/clean.ts'
import { ellipsis } from '../../shared/text/shorten.ts'

export type ReadFlags =
  | { kind: 'options'; options: ServeOptions; warnings: string[] }
  | { kind: 'help' }
  | { kind: 'usage-error'; message: string }

const DEFAULT_NAME = 'kosmo'

/** Reads the flags of `kosmo mcp:serve`. Pure: says what is wrong instead of printing it. */
export function readServeFlags(args: string[], known: readonly string[]): ReadFlags {
  let values: ReturnType<typeof parse>
  try {
    values = parse(args)
  } catch (error) {
    return usage(error instanceof Error ? cleanLine(error.message.split('\n')[0] ?? '') : 'unreadable flags')
  }
  if (values.help) return { kind: 'help' }
  const write = parseWritePolicy(values.write)
  if (write === undefined)
    return usage(`--write=${ellipsis(cleanLine(values.write), 40)} is none of ${WRITE_POLICIES.join(', ')}`)
  const maxResultCharacters = Number(values['max-result-chars'])
  if (!/^\d{1,9}$/.test(values['max-result-chars']) || maxResultCharacters < MIN_RESULT_CHARACTERS) {
    return usage(`--max-result-chars takes a whole number of at least ${MIN_RESULT_CHARACTERS}`)
  }
  if (!/^[\w.-]{1,64}$/.test(values.name)) return usage('--name takes letters, digits, ".", "_" and "-"')
  if (!/^[\w.-]{1,64}$/.test(values.account))
    return usage('--account takes letters, digits, ".", "_" and "-"')
  const { integrations, warnings } = selectIntegrations(
    [...values.integration, ...values.integrations],
    known,
  )
  const { name, account } = values
  return { kind: 'options', options: { integrations, write, account, maxResultCharacters, name }, warnings }
}

function parse(args: string[]) {
  return parseArgs({
    args,
    strict: true,
    allowPositionals: false,
    options: {
      integration: { type: 'string', multiple: true, default: [] },
      integrations: { type: 'string', multiple: true, default: [] },
      write: { type: 'string', default: 'deny' },
      account: { type: 'string', default: 'default' },
      'max-result-chars': { type: 'string', default: String(DEFAULT_RESULT_CHARACTERS) },
      name: { type: 'string', default: DEFAULT_NAME },
      help: { type: 'boolean', short: 'h', default: false },
    },
  }).values
}

function selectIntegrations(lists: string[], known: readonly string[]) {
  const asked = [...new Set(lists.flatMap(list => list.split(',')).map(name => name.trim().toLowerCase()))]
  const named = asked.filter(name => name !== '')
  const integrations = named.filter(name => known.includes(name))
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
