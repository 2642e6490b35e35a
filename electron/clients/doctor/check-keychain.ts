import type { Finding } from '../../../shared/clients/finding.ts'
import { KosmoError } from '../../../shared/errors.ts'
import type { DoctorSystem } from './doctor-system.ts'
import { inTwo } from './in-two.ts'

/** A key that nobody has. */
const PROBE = 'doctor/probe'

/** Whether the system's keychain answers. */
export async function checkKeychain({ keychain, accounts, integrations }: DoctorSystem): Promise<Finding[]> {
  const base = { id: 'keychain', title: 'Keychain' }
  const isNeeded = usesKeychain(accounts, integrations)
  try {
    await keychain.get(PROBE)
    return [{ ...base, state: 'ok', said: 'The keychain of the system answers.' }]
  } catch (error) {
    if (!(error instanceof KosmoError)) throw error
    return [{ ...base, state: isNeeded ? 'fail' : 'warn', ...inTwo(error) }]
  }
}

function usesKeychain(
  accounts: DoctorSystem['accounts'],
  integrations: DoctorSystem['integrations'],
): boolean {
  try {
    return integrations.some(({ id }) => accounts.list(id).some(({ store }) => store === 'keychain'))
  } catch {
    // Broken settings are told of by another check.
    return false
  }
}
