import { cleanLine } from '../../../shared/text/clean.ts'
import { catalogue } from '../../integrations/catalogue.ts'
import { limitsHere } from '../calls/limits-here.ts'
import { DEFAULT_ACCOUNT } from '../configure/changes.ts'
import { EXIT } from '../exit-codes.ts'
import { credentialState } from '../integrations/credential-state.ts'
import { type Diagnosis, diagnose } from '../integrations/diagnosis.ts'
import { liveCheck } from '../integrations/live-check.ts'
import { providerFacts, readSettings } from '../integrations/provider-facts.ts'
import { failure, runByEntry } from '../integrations/tell.ts'
import { unknownProvider } from '../integrations/unknown-name.ts'
import { doctorEntry } from '../reference/entries/accounts.ts'
import { type CliIo, processIo } from '../terminal/io.ts'
import { printReadableJson } from '../terminal/print.ts'

/** `kosmo integrations:doctor`: what is set up, whether its token works, what to do next. Gives the exit code. */
export function integrationsDoctorCommand(args: string[], io: CliIo = processIo()): Promise<number> {
  return runByEntry({ entry: doctorEntry, words: 1, args, io }, async flags => {
    const [name] = flags.words
    const json = flags.on('json')
    const wanted = catalogue.filter(({ id }) => name === undefined || id === name)
    if (name !== undefined && wanted.length === 0) return failure(io, unknownProvider(name), json)
    const account = flags.value('account') ?? DEFAULT_ACCOUNT
    const settings = readSettings(io)
    const limits = limitsHere(io)
    const found: Diagnosis[] = []
    for (const integration of wanted) {
      const facts = providerFacts(integration, settings, io.variables, limits[integration.id])
      const state = await credentialState(integration, account, settings, io)
      const live = flags.on('offline')
        ? { checked: false as const, why: '--offline asks no server' }
        : await liveCheck(integration, account, io)
      found.push(diagnose(integration, account, facts, state, live))
    }
    if (json) {
      const [only] = found
      printReadableJson(
        io,
        name === undefined ? Object.fromEntries(found.map(each => [each.provider, each])) : only,
      )
    } else for (const each of found) for (const line of lines(each)) io.out(line)
    return found.some(({ live }) => live.checked && !live.valid) ? EXIT.failure : EXIT.ok
  })
}

function lines(each: Diagnosis): string[] {
  const { provider, account, active, enabled, missing_credentials: missing, permissions, live } = each
  const state = active ? 'active' : enabled ? 'not set up' : 'switched off'
  return [
    `${provider}, account "${account}": ${state}`,
    ...(missing.length > 0
      ? [`  Missing      ${missing.join(', ')}`]
      : [`  Account from ${each.source ?? '-'}`]),
    `  Permissions  read ${permissions.read}, write ${permissions.write}`,
    `  Token        ${tokenLine(live)}`,
    ...(live.checked && live.valid
      ? live.warnings.map(warning => `  Careful      ${cleanLine(warning)}`)
      : []),
    ...each.next_commands.map((line, at) => `  ${at === 0 ? 'Next' : '    '}         ${line}`),
  ]
}

function tokenLine(live: Diagnosis['live']): string {
  if (!live.checked) return `not checked: ${live.why}`
  if (!live.valid) return `does not work: ${cleanLine(live.error)} [${live.code}]`
  return `valid as ${cleanLine(live.user)} at ${cleanLine(live.url)}`
}
