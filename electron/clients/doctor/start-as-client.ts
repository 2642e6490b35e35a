import type { ClientId } from '../../../shared/clients/client-facts.ts'
import { codexEnvironment } from '../../../shared/clients/codex/codex-environment.ts'
import type { Finding } from '../../../shared/clients/finding.ts'
import type { ServerCommand } from '../../../shared/clients/server-entry.ts'
import { KosmoError } from '../../../shared/errors.ts'
import { isRecord } from '../compare-values.ts'
import { missingProgram } from '../entry-command.ts'
import { shakeHands } from '../mcp-handshake.ts'
import type { BrokerPulse, DoctorSystem } from './doctor-system.ts'

/** Starts what an entry starts, in the environment that the client gives it, and sees whether it finds the broker. */
export async function startAsClient(
  id: ClientId,
  command: ServerCommand,
  entry: unknown,
  system: DoctorSystem,
): Promise<Pick<Finding, 'state' | 'said' | 'todo'>> {
  const gone = missingProgram(command)
  if (gone !== undefined) return { state: 'fail', said: `It starts ${gone}, which is not there any more.` }
  const broker = await brokerOrNone(system)
  let isAtBroker = false
  try {
    const met = await shakeHands(command, {
      env: environmentOf(id, command, entry, system),
      cwd: system.userHome,
      whileConnected: async pid => {
        isAtBroker = (await broker?.clientPids())?.includes(pid) ?? false
      },
    })
    if (met.kind === 'failed') return { state: 'fail', said: `What it starts does not work: ${met.why}.` }
    const how = id === 'codex' ? ' in the environment that Codex gives it' : ''
    const works = `The server starts${how} and lists ${met.tools.length} tools`
    if (broker === undefined) return { state: 'ok', said: `${works}; it works alone.` }
    return isAtBroker
      ? { state: 'ok', said: `${works}, at the broker.` }
      : { state: 'fail', said: `${works}, but does not find the broker that runs.` }
  } finally {
    broker?.close()
  }
}

function environmentOf(
  id: ClientId,
  { env }: ServerCommand,
  entry: unknown,
  { variables, platform }: DoctorSystem,
): Record<string, string | undefined> {
  if (id !== 'codex') return { ...variables, ...env }
  const envVars = isRecord(entry) && Array.isArray(entry.env_vars) ? entry.env_vars.map(String) : []
  return codexEnvironment(variables, { env, envVars }, platform)
}

async function brokerOrNone({ broker }: DoctorSystem): Promise<BrokerPulse | undefined> {
  try {
    return await broker()
  } catch (error) {
    // Told of by another check.
    if (error instanceof KosmoError) return undefined
    throw error
  }
}
