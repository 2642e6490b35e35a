import { parseArgs } from 'node:util'
import { isAccountName } from '../../broker/accounts/accounts.ts'
import type { Changes } from '../../broker/configure/changes.ts'
import { DEFAULT_ACCOUNT, readPermissions, UsageError } from './changes.ts'

export type ReadConfigureFlags =
  | { kind: 'help' }
  | { kind: 'usage-error'; message: string; json: boolean }
  | { kind: 'list'; integration: string; json: boolean }
  | { kind: 'remove'; integration: string; account: string; json: boolean }
  /** Nothing says what to change: a person is asked. */
  | { kind: 'form'; integration: string; changes: Changes; verify: boolean; json: boolean }
  | {
      kind: 'change'
      integration: string
      changes: Changes
      verify: boolean
      json: boolean
      /** More of it comes on stdin, where flags do not say otherwise. */
      stdin: boolean
      /** Whether `--account` was given. */
      namesAccount: boolean
    }

/**
 * Reads the flags of `kosmo integrations:configure`. Pure. No message holds a word of the command line: what stands in
 * a wrong place may be a token.
 */
export function readConfigureFlags(args: string[]): ReadConfigureFlags {
  const json = args.includes('--json')
  const usage = (message: string): ReadConfigureFlags => ({ kind: 'usage-error', message, json })
  let parsed: ReturnType<typeof parse>
  try {
    parsed = parse(args)
  } catch (error) {
    return usage(flagFault(error))
  }
  const { values, positionals } = parsed
  if (values.help) return { kind: 'help' }
  const [integration, ...more] = positionals
  if (integration === undefined) return usage('name the integration, e.g. mattermost')
  if (more.length > 0)
    return usage('there are words that belong to no flag; put values with blanks in quotes')
  if (values.project) {
    return usage(
      '--project is not supported yet: a file in a project may only tighten what is set, so set it without',
    )
  }
  const account = values.account ?? DEFAULT_ACCOUNT
  if (!isAccountName(account)) return usage('--account takes 1 to 64 letters, digits, ".", "_" and "-"')
  if (values.list) return { kind: 'list', integration, json }
  const { store } = values
  if (store !== undefined && store !== 'keychain' && store !== 'file') {
    return usage('--store takes keychain or file')
  }
  if (values.enable && values.disable) return usage('--enable and --disable exclude each other')
  try {
    const changes: Changes = {
      account,
      set: pairsOf(values.set),
      unset: values.unset,
      enabled: values.enable ? true : values.disable ? false : undefined,
      ...permissions(values),
      store,
    }
    const { enabled, read, write, unset } = changes
    const isEmpty = values.set.length + unset.length === 0 && (enabled ?? read ?? write) === undefined
    if (values.remove) {
      if (!isEmpty || values['stdin-json']) return usage('--remove goes with --account and --json alone')
      return { kind: 'remove', integration, account, json }
    }
    const verify = !values['no-verify']
    const stdin = values['stdin-json']
    if (isEmpty && !stdin) return { kind: 'form', integration, changes, verify, json }
    const namesAccount = values.account !== undefined
    return { kind: 'change', integration, changes, verify, json, stdin, namesAccount }
  } catch (error) {
    if (error instanceof UsageError) return usage(error.message)
    throw error
  }
}

function parse(args: string[]) {
  return parseArgs({
    args,
    strict: true,
    allowPositionals: true,
    options: {
      account: { type: 'string' },
      set: { type: 'string', multiple: true, default: [] },
      unset: { type: 'string', multiple: true, default: [] },
      'stdin-json': { type: 'boolean', default: false },
      enable: { type: 'boolean', default: false },
      disable: { type: 'boolean', default: false },
      read: { type: 'string' },
      write: { type: 'string' },
      permissions: { type: 'string' },
      store: { type: 'string' },
      list: { type: 'boolean', default: false },
      remove: { type: 'boolean', default: false },
      'no-verify': { type: 'boolean', default: false },
      global: { type: 'boolean', default: false },
      project: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  })
}

/** parseArgs quotes what it did not understand; only names of our own flags are passed on. */
function flagFault(error: unknown): string {
  const message = error instanceof Error ? error.message : ''
  const flag = FLAGS.find(name => message.includes(`'--${name}`) || message.includes(`, --${name}`))
  return flag === undefined
    ? 'there is a flag that is not known; values go behind --set, as in --set url=https://chat.example.org'
    : `--${flag} is not used like that`
}

const FLAGS = ['account', 'set', 'unset', 'read', 'write', 'permissions', 'store', 'enable', 'disable']

function pairsOf(pairs: string[]): Record<string, string> {
  return Object.fromEntries(
    pairs.map(pair => {
      const at = pair.indexOf('=')
      if (at < 1) throw new UsageError('--set takes name=value, e.g. --set url=https://chat.example.org')
      return [pair.slice(0, at), pair.slice(at + 1)]
    }),
  )
}

function permissions(values: {
  read?: string | undefined
  write?: string | undefined
  permissions?: string | undefined
}) {
  const listed: Record<string, string> = {}
  for (const part of (values.permissions ?? '').split(',').filter(each => each.trim() !== '')) {
    const [name = '', value = '', ...more] = part.split(':').map(word => word.trim())
    if ((name !== 'read' && name !== 'write') || more.length > 0) {
      throw new UsageError('--permissions is written like read:allow,write:ask')
    }
    listed[name] = value
  }
  return readPermissions({ read: values.read ?? listed.read, write: values.write ?? listed.write })
}
