import type { Finding } from '../../../shared/clients/finding.ts'
import { KosmoError } from '../../../shared/errors.ts'
import { cleanLine } from '../../../shared/text/clean.ts'
import type { BrokerPulse, DoctorSystem } from './doctor-system.ts'

const base = { id: 'broker', title: 'Broker' }

/** Whether a broker runs, is this version, and can reach the person. */
export async function checkBroker({ broker, version }: DoctorSystem): Promise<Finding[]> {
  let pulse: BrokerPulse | undefined
  try {
    pulse = await broker()
  } catch (error) {
    if (!(error instanceof KosmoError)) throw error
    return [
      {
        ...base,
        state: 'fail',
        said: cleanLine(error.message),
        todo: 'Restart the KosmoKrator app, or kosmo broker.',
      },
    ]
  }
  if (pulse === undefined) {
    return [
      {
        ...base,
        state: 'warn',
        said: 'No broker runs, so each client works alone and nobody can be asked outside of it.',
        todo: 'Start the KosmoKrator app, or kosmo broker.',
      },
    ]
  }
  pulse.close()
  return [findingOf(pulse, version)]
}

function findingOf({ version: other, pid, surfaces, problems }: BrokerPulse, version: string): Finding {
  const [problem] = problems
  if (problem !== undefined)
    return { ...base, state: 'fail', said: cleanLine(problem), todo: 'See kosmo status.' }
  if (other !== version) {
    const said = `The broker that runs is version ${cleanLine(other)}, and this is ${version}.`
    return { ...base, state: 'fail', said, todo: 'Restart the KosmoKrator app, or kosmo broker.' }
  }
  if (surfaces.length === 0) {
    const said = `It runs (process ${pid}), but nothing shows what waits for you.`
    return {
      ...base,
      state: 'warn',
      said,
      todo: 'Open the KosmoKrator app, or kosmo approvals watch in a terminal.',
    }
  }
  return {
    ...base,
    state: 'ok',
    said: `It runs (process ${pid}) and reaches you by ${surfaces.map(cleanLine).join(', ')}.`,
  }
}
