import type { Finding } from '../../../shared/clients/finding.ts'
import { KosmoError } from '../../../shared/errors.ts'
import type { AccountSecret } from '../../broker/accounts/accounts.ts'
import type { Integration, Verified } from '../../integrations/integration.ts'
import type { DoctorSystem } from './doctor-system.ts'
import { inTwo } from './in-two.ts'

/** Beyond this, times in results mislead. */
const CLOCK_OFF_MS = 60_000

/** Whether each account works, by its server's word, and whether the clock here is right by it. */
export async function checkAccounts(system: DoctorSystem): Promise<Finding[]> {
  const found = await Promise.all(system.integrations.map(each => ofIntegration(each, system)))
  return found.flat()
}

async function ofIntegration(integration: Integration, system: DoctorSystem): Promise<Finding[]> {
  const { id, name } = integration
  let aliases: string[]
  try {
    aliases = system.accounts.list(id).map(({ alias }) => alias)
  } catch (error) {
    if (!(error instanceof KosmoError)) throw error
    return [
      { id: 'account', title: 'Account', state: 'fail', said: error.message, todo: 'Mend the settings.' },
    ]
  }
  const environment = fromEnvironment(integration, system)
  if (aliases.length === 0 && environment === undefined) {
    const todo = `Run: kosmo integrations:configure ${id}`
    return [
      { id: 'account', title: 'Account', state: 'fail', said: `No account of ${name} is set up.`, todo },
    ]
  }
  const stored = aliases.map(alias =>
    ofAccount(integration, alias, () => system.accounts.get(id, alias), system),
  )
  const named =
    environment === undefined ? [] : [ofAccount(integration, ENVIRONMENT, async () => environment, system)]
  return (await Promise.all([...stored, ...named])).flat()
}

async function ofAccount(
  { id, name, verify }: Integration,
  alias: string,
  secretOf: () => Promise<AccountSecret | undefined>,
  { environment }: DoctorSystem,
): Promise<Finding[]> {
  const base = { id: `account.${alias}`, title: alias === 'default' ? 'Account' : `Account ${alias}` }
  const command = `kosmo integrations:configure ${id}${alias === 'default' ? '' : ` --account=${alias}`}`
  const again =
    alias === ENVIRONMENT ? 'Set the variables anew where clients are started.' : `Set it anew: ${command}`
  let verified: Verified
  try {
    const secret = await secretOf()
    if (secret === undefined)
      return [{ ...base, state: 'fail', said: `The account of ${name} is gone.`, todo: again }]
    const variables = { ...environment.variables, ...secret.variables }
    verified = await verify(secret.credentials, { ...environment, variables })
  } catch (error) {
    if (!(error instanceof KosmoError)) throw error
    const { said, todo = WAY_CODES.includes(error.code) ? LATER : again } = inTwo(error)
    return [{ ...base, state: 'fail', said, todo }]
  }
  const { server, user, warnings, serverTime } = verified
  const said = `The token is that of ${user} at ${server}.`
  const [warning] = warnings
  const account: Finding =
    warning === undefined
      ? { ...base, state: 'ok', said }
      : { ...base, state: 'warn', said: `${said} ${warning}` }
  return [account, ...(serverTime === undefined ? [] : [clock(alias, serverTime, server, environment.now())])]
}

/** Of an account that the environment names. */
const ENVIRONMENT = 'environment'

const LATER = 'Try again when the server can be reached.'

/** Failures on the way to the server, which a new token would not mend. */
const WAY_CODES: readonly string[] = [
  'network',
  'tls',
  'timeout',
  'unavailable',
  'rate_limited',
  'bad_response',
]

function clock(alias: string, serverTime: number, server: string, now: number): Finding {
  const base = { id: alias === 'default' ? 'clock' : `clock.${alias}`, title: 'Clock' }
  const off = now - serverTime
  if (Math.abs(off) <= CLOCK_OFF_MS)
    return { ...base, state: 'ok', said: `It agrees with that of ${server}.` }
  const minutes = Math.max(1, Math.round(Math.abs(off) / 60_000))
  const said = `It is ${minutes} ${minutes === 1 ? 'minute' : 'minutes'} ${off > 0 ? 'ahead of' : 'behind'} that of ${server}.`
  return { ...base, state: 'warn', said, todo: 'Set the clock of this machine from the network.' }
}

/** The account that the environment names whole. */
function fromEnvironment(
  { credentials }: Integration,
  { environment: { variables } }: DoctorSystem,
): AccountSecret | undefined {
  const value = (variable: string) => variables[variable]?.trim() || undefined
  if (!credentials.every(({ required, variable }) => !required || value(variable) !== undefined))
    return undefined
  const given = credentials.flatMap(({ key, variable, isConnection }) => {
    const text = value(variable)
    return text === undefined || isConnection ? [] : [[key, text]]
  })
  return { credentials: Object.fromEntries(given), variables: {} }
}
