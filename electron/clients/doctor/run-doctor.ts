import type { Finding } from '../../../shared/clients/finding.ts'
import { checkAccounts } from './check-accounts.ts'
import { checkBroker } from './check-broker.ts'
import { checkClients } from './check-clients.ts'
import { checkDesktop } from './check-desktop.ts'
import { checkFolder } from './check-folder.ts'
import { checkKeychain } from './check-keychain.ts'
import { checkNetwork } from './check-network.ts'
import { checkOutside } from './check-outside.ts'
import { checkPolicy } from './check-policy.ts'
import { checkProgram } from './check-program.ts'
import type { DoctorSystem } from './doctor-system.ts'

type Check = (system: DoctorSystem) => Finding[] | Promise<Finding[]>

/** In the order in which one depends on another. */
const CHECKS: [id: string, title: string, check: Check][] = [
  ['program', 'Program', checkProgram],
  ['folder', 'Folder', checkFolder],
  ['policy', 'Policy', checkPolicy],
  ['broker', 'Broker', checkBroker],
  ['keychain', 'Keychain', checkKeychain],
  ['account', 'Account', checkAccounts],
  ['network', 'Network', checkNetwork],
  ['clients', 'Clients', checkClients],
  ['command', 'Command', checkOutside],
  ['desktop', 'Desktop', checkDesktop],
]

/** Looks at everything that has to work together, and says what a person can do. Changes nothing. */
export async function runDoctor(system: DoctorSystem): Promise<Finding[]> {
  const found = await Promise.all(
    CHECKS.map(async ([id, title, check]) => {
      try {
        return await check(system)
      } catch (error) {
        const said = `This could not be checked: a fault of our own (${error instanceof Error ? error.name : typeof error}).`
        return [{ id, title, state: 'fail' as const, said, todo: 'If it stays, report it.' }]
      }
    }),
  )
  return found.flat()
}
