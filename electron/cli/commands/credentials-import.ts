import { homedir } from 'node:os'
import { resolve } from 'node:path'
import { KosmoError } from '../../../shared/errors.ts'
import { integrationSettings } from '../../../shared/policy/settings.ts'
import type { StoreKind } from '../../broker/accounts/account-store.ts'
import { openAccounts } from '../../broker/accounts/accounts.ts'
import type { Surroundings } from '../../broker/configure/account-values.ts'
import { applyChanges } from '../../broker/configure/apply-changes.ts'
import { kosmoHome } from '../../broker/home.ts'
import { openSettings } from '../../broker/settings-file.ts'
import { systemEnvironment } from '../../broker/system-environment.ts'
import type { Integration } from '../../integrations/integration.ts'
import { mattermost } from '../../integrations/mattermost/integration.ts'
import { planAccount, planPermissions } from '../credentials-import/import-plan.ts'
import { type Plan, planJson, planLines } from '../credentials-import/tell-plan.ts'
import { EXIT } from '../exit-codes.ts'
import { runByEntry, usage } from '../integrations/tell.ts'
import { loadFindOriginals } from '../lazy-programs.ts'
import { importEntry } from '../reference/entries/import.ts'
import { confirm } from '../terminal/ask.ts'
import { sentenceOf } from '../terminal/broker-session.ts'
import type { Flags } from '../terminal/flags.ts'
import { type CliIo, processIo } from '../terminal/io.ts'
import { printReadableJson } from '../terminal/print.ts'

export type ImportOptions = {
  /** Told of a change once it is on disk, for a broker that runs. */
  changed?(integration: string): void | Promise<void>
}

/** The one integration that the original and we both have. */
const INTEGRATION = mattermost as Integration

/** What became of one account. */
type Imported =
  | { account: string; store: StoreKind; user: string | undefined }
  | { account: string; failed: string }

/** `kosmo credentials:import`: takes over the accounts of an original KosmoKrator. Gives the exit code. */
export function credentialsImportCommand(
  args: string[],
  { changed }: ImportOptions = {},
  io: CliIo = processIo(),
): Promise<number> {
  return runByEntry({ entry: importEntry, words: 0, args, io }, async flags => {
    const json = flags.on('json')
    const store = flags.value('store')
    if (store !== undefined && store !== 'keychain' && store !== 'file') {
      return usage(io, importEntry, '--store takes keychain or file', json)
    }
    const surroundings = around(io)
    const plan = await makePlan(flags, surroundings, io)
    if (!json) for (const line of planLines(plan)) io.out(line)
    const due = plan.accounts.filter(({ kind }) => kind === 'import').length
    const isWhole = plan.accounts.every(({ kind }) => kind !== 'skip')
    const imported: Imported[] = []
    if (due > 0 && !flags.on('dry-run')) {
      if (!flags.on('yes') && !(await isWanted(io, due))) {
        const message = 'nothing was imported. With --yes it is, without a question'
        if (json) printReadableJson(io, { success: false, error: message, ...planJson(plan) })
        else io.err(`kosmo: ${message}.`)
        return EXIT.notConfirmed
      }
      imported.push(
        ...(await importAll(plan, { store, verify: !flags.on('no-verify') }, surroundings, io, json)),
      )
      if (imported.some(each => !('failed' in each))) await tell(io, changed)
    }
    const isGood = isWhole && imported.every(each => !('failed' in each))
    if (json) printReadableJson(io, { success: isGood, ...planJson(plan), imported })
    return isGood ? EXIT.ok : EXIT.failure
  })
}

function around({ variables, cwd }: CliIo): Surroundings {
  const home = kosmoHome(variables)
  const settings = openSettings(home)
  return {
    accounts: openAccounts(home, settings, { variables }),
    settings,
    cwd,
    environment: systemEnvironment(variables),
  }
}

async function makePlan(
  flags: Extract<Flags, { kind: 'flags' }>,
  { accounts, settings }: Surroundings,
  { variables, cwd }: CliIo,
): Promise<Plan> {
  const from = flags.value('from')
  const home = variables.HOME || variables.USERPROFILE || homedir()
  const answer = await loadFindOriginals().findOriginals(INTEGRATION, {
    home,
    from: from === undefined ? undefined : resolve(cwd, from),
    variables,
  })
  if (answer.kind === 'refused') throw new KosmoError(answer.code, answer.message)
  const found = answer.originals
  const read = settings.read()
  if (read.kind === 'broken') throw new KosmoError('not_configured', read.why)
  const ours = accounts.list(INTEGRATION.id).map(({ alias }) => alias)
  const replace = flags.on('replace')
  return {
    database: found.paths.database,
    accounts: found.accounts.map(account =>
      planAccount(account, INTEGRATION, { ours: ours.includes(account.alias), replace }),
    ),
    permissions: planPermissions(found.permissions, integrationSettings(read.settings, INTEGRATION.id)),
    others: found.others,
  }
}

async function isWanted(io: CliIo, due: number): Promise<boolean> {
  if (io.stdin.isTTY !== true || io.stdout.isTTY !== true) return false
  return confirm(io, `Import ${due === 1 ? 'this account' : `these ${due} accounts`}?`)
}

async function importAll(
  { accounts, permissions: { enabled, read, write } }: Plan,
  { store, verify }: { store: StoreKind | undefined; verify: boolean },
  surroundings: Surroundings,
  io: CliIo,
  json: boolean,
): Promise<Imported[]> {
  const imported: Imported[] = []
  for (const account of accounts) {
    if (account.kind !== 'import') continue
    const { alias, values } = account
    const changes = { account: alias, set: values, unset: [], enabled, read, write, store }
    try {
      const { stored, verified, warnings } = await applyChanges(INTEGRATION, changes, verify, surroundings)
      const into = stored?.store ?? 'keychain'
      imported.push({ account: alias, store: into, user: verified?.user })
      if (!json)
        io.out(
          `Imported ${alias}${verified === undefined ? '' : `: ${verified.user} at ${verified.server}`}.`,
        )
      for (const warning of warnings) io.err(`kosmo: ${alias}: ${warning}`)
    } catch (error) {
      imported.push({ account: alias, failed: sentenceOf(error) })
      if (!json) io.err(`kosmo: ${alias} was not imported: ${sentenceOf(error)}`)
    }
  }
  return imported
}

/** A broker that cannot be told is no failure of the import. */
async function tell(io: CliIo, changed: ImportOptions['changed']): Promise<void> {
  try {
    await changed?.(INTEGRATION.id)
  } catch {
    io.err('kosmo: the running broker could not be told; it uses the accounts from its next start on.')
  }
}
