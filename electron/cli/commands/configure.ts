import { KosmoError } from '../../../shared/errors.ts'
import { integrationSettings } from '../../../shared/policy/settings.ts'
import { type Accounts, openAccounts } from '../../broker/accounts/accounts.ts'
import type { KeychainHelper } from '../../broker/accounts/keychain-store.ts'
import type { Surroundings } from '../../broker/configure/account-values.ts'
import { applyChanges } from '../../broker/configure/apply-changes.ts'
import { type Changes, faultIn } from '../../broker/configure/changes.ts'
import { kosmoHome } from '../../broker/home.ts'
import { openSettings } from '../../broker/settings-file.ts'
import { systemEnvironment } from '../../broker/system-environment.ts'
import { catalogue } from '../../integrations/catalogue.ts'
import type { Integration } from '../../integrations/integration.ts'
import { askChanges } from '../configure/ask-changes.ts'
import { UsageError, usageOf } from '../configure/changes.ts'
import { type ReadConfigureFlags, readConfigureFlags } from '../configure/configure-flags.ts'
import { CONFIGURE_HELP } from '../configure/configure-help.ts'
import { readStdin, withStdin } from '../configure/stdin-changes.ts'
import { appliedJson, appliedText, listJson, listText } from '../configure/tell.ts'
import { EXIT } from '../exit-codes.ts'

export type ConfigureOptions = {
  /** Default: the built one, beside the program that runs. */
  helper?: KeychainHelper
  /** Told of a change once it is on disk, for a broker that runs. */
  changed?(integration: string): void | Promise<void>
}

type Asked = Exclude<ReadConfigureFlags, { kind: 'help' | 'usage-error' }>

/** `kosmo integrations:configure`: sets up, changes, lists and removes accounts. @returns the exit code */
export async function configureCommand(args: string[], options: ConfigureOptions = {}): Promise<number> {
  const asked = readConfigureFlags(args)
  if (asked.kind === 'help') {
    console.log(CONFIGURE_HELP)
    return EXIT.ok
  }
  try {
    if (asked.kind === 'usage-error') throw new UsageError(asked.message)
    const integration = catalogue.find(({ id }) => id === asked.integration)
    if (integration === undefined) {
      // Not quoted: a token may stand there by mistake.
      throw new UsageError(`there is no such integration; known: ${catalogue.map(({ id }) => id).join(', ')}`)
    }
    return await run(integration, asked, options)
  } catch (error) {
    return failed(error, asked.json)
  }
}

async function run(integration: Integration, asked: Asked, options: ConfigureOptions): Promise<number> {
  const surroundings = around(options)
  const { accounts } = surroundings
  switch (asked.kind) {
    case 'list':
      list(integration, surroundings, asked.json)
      return EXIT.ok
    case 'remove':
      await remove(integration, asked.account, accounts, asked.json)
      break
    case 'form': {
      const changes = await ask(integration, asked.changes, accounts)
      if (changes === undefined) {
        console.log('Nothing was changed.')
        return EXIT.notConfirmed
      }
      console.log(`Asking ${integration.name} whose token that is …`)
      await change(integration, changes, asked, surroundings)
      break
    }
    case 'change': {
      const { changes, stdin, namesAccount } = asked
      if (Object.hasOwn(changes.set, 'access_token')) {
        console.error(
          'kosmo: while this runs, others on this machine can see the token in the list of processes. --stdin-json keeps it out, and so does the form that comes without flags.',
        )
      }
      const all = stdin ? withStdin(changes, namesAccount, await readStdin(process.stdin)) : changes
      await change(integration, all, asked, surroundings)
      break
    }
  }
  await tell(integration, options)
  return EXIT.ok
}

function around({ helper }: ConfigureOptions): Surroundings {
  const variables = process.env
  const home = kosmoHome(variables)
  const settings = openSettings(home)
  const environment = systemEnvironment(variables)
  const accounts = openAccounts(home, settings, { variables, ...(helper !== undefined && { helper }) })
  const howToSet: Surroundings['howToSet'] = ({ key, type }) =>
    `: add --set ${key}=${type === 'url' ? 'https://…' : '…'}`
  return { accounts, settings, environment, cwd: process.cwd(), howToSet }
}

async function ask(
  integration: Integration,
  changes: Changes,
  accounts: Accounts,
): Promise<Changes | undefined> {
  // Without a terminal nobody would answer.
  if (!process.stdin.isTTY || !process.stdout.isTTY) {
    throw new UsageError('nothing says what to change: give --set, --stdin-json or permissions')
  }
  const before = accounts.list(integration.id).find(({ alias }) => alias === changes.account)
  return askChanges(integration, changes, before, process.env)
}

async function change(
  integration: Integration,
  changes: Changes,
  { verify, json }: { verify: boolean; json: boolean },
  surroundings: Surroundings,
): Promise<void> {
  const fault = faultIn(integration, changes)
  if (fault !== undefined) throw usageOf(fault, integration.name)
  const applied = await applyChanges(integration, changes, verify, surroundings)
  if (json) {
    printJson(appliedJson(integration, applied))
    return
  }
  console.log(appliedText(integration, applied))
  for (const warning of applied.warnings) console.error(`kosmo: ${warning}`)
}

function list(integration: Integration, { accounts, settings }: Surroundings, json: boolean): void {
  const { id } = integration
  const known = accounts.list(id)
  if (!json) {
    console.log(listText(integration, known))
    return
  }
  const read = settings.read()
  const stored = read.kind === 'settings' ? integrationSettings(read.settings, id) : undefined
  const permissions = stored && {
    enabled: stored.enabled,
    permissions: { read: stored.read, write: stored.write },
  }
  printJson(listJson(integration, known, permissions ?? {}))
}

async function remove(
  { id }: Integration,
  account: string,
  accounts: Accounts,
  json: boolean,
): Promise<void> {
  const existed = await accounts.remove(id, account)
  if (!existed) throw new KosmoError('not_found', `There is no account "${account}" to remove.`)
  if (json) printJson({ success: true, provider: id, account, removed: true })
  else console.log(`The account "${account}" and its token are gone from this machine.`)
}

/** A broker that cannot be told is no failure of the change. */
async function tell({ id }: Integration, { changed }: ConfigureOptions): Promise<void> {
  try {
    await changed?.(id)
  } catch {
    console.error('kosmo: the running broker could not be told; it uses the change from its next start on.')
  }
}

function failed(error: unknown, json: boolean): number {
  if (error instanceof UsageError) {
    if (json) printJson({ success: false, error: error.message, code: 'usage' })
    else console.error(`kosmo: ${error.message}. See kosmo integrations:configure --help.`)
    return EXIT.usage
  }
  if (!(error instanceof KosmoError)) throw error
  if (json) printJson({ success: false, error: error.message, code: error.code })
  else console.error(`kosmo: ${error.message} [${error.code}]`)
  return EXIT.failure
}

function printJson(value: object): void {
  console.log(JSON.stringify(value, null, 2))
}
