import { KosmoError } from '../../shared/errors.ts'
import { openAccounts } from '../broker/accounts/accounts.ts'
import { type Broker, startBroker } from '../broker/broker.ts'
import { gatewayVariables } from '../broker/gateways/gateway-variables.ts'
import { ownProgram } from '../broker/own-programs.ts'
import { openSettings } from '../broker/settings-file.ts'
import { settingsWriter } from './app-store.ts'
import type { CliRuntime } from './cli-runtime.ts'
import { askAboutOtherBroker } from './other-broker.ts'

export type DesktopBrokerOptions = {
  home: string
  variables: Record<string, string | undefined>
  runtime: CliRuntime
  report(line: string): void
  onStop(): void
}

/**
 * Starts the broker in this process; undefined where another one runs and the person leaves it there.
 *
 * @throws KosmoError where the home folder cannot be used
 */
export async function startDesktopBroker(options: DesktopBrokerOptions): Promise<Broker | undefined> {
  const { home, variables, runtime } = options
  const { node, folder } = runtime
  const settings = openSettings(home, settingsWriter(home))
  const helper = { command: node, args: [ownProgram('keychain-helper', folder)] }
  const accounts = openAccounts(home, settings, { variables, helper })
  for (;;) {
    try {
      return await startBroker({
        home,
        variables,
        settings,
        accounts,
        gateway: {
          command: node,
          args: [ownProgram('kosmo', folder), 'gateway'],
          variables: gatewayVariables(variables),
        },
        report: options.report,
        onStop: options.onStop,
      })
    } catch (error) {
      if (!(error instanceof KosmoError) || error.code !== 'refused') throw error
      if (!(await askAboutOtherBroker(variables))) return undefined
    }
  }
}
