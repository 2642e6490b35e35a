import { parseArgs } from 'node:util'
import { KosmoError } from '../../../shared/errors.ts'
import { openAccounts } from '../../broker/accounts/accounts.ts'
import { startBroker } from '../../broker/broker.ts'
import { connectBroker } from '../../broker/broker-client.ts'
import { gatewayVariables } from '../../broker/gateways/gateway-variables.ts'
import { kosmoHome } from '../../broker/home.ts'
import { ownProgram } from '../../broker/own-programs.ts'
import { openSettings } from '../../broker/settings-file.ts'
import { EXIT } from '../exit-codes.ts'
import { brokerEntry } from '../reference/entries/decisions.ts'
import { helpText } from '../reference/help-text.ts'

/** `kosmo broker`: runs the broker in this process until somebody ends it. */
export async function brokerCommand(args: string[]): Promise<number> {
  const { positionals, values } = parseArgs({
    args,
    allowPositionals: true,
    options: { help: { type: 'boolean', short: 'h', default: false } },
  })
  if (values.help) {
    console.log(helpText(brokerEntry))
    return EXIT.ok
  }
  const [word, ...more] = positionals
  if (more.length > 0 || (word !== undefined && word !== 'stop')) {
    console.error('kosmo: kosmo broker takes "stop" or nothing. See kosmo broker --help.')
    return EXIT.usage
  }
  return word === 'stop' ? stopOther() : run()
}

async function run(): Promise<number> {
  let stop: () => void = () => undefined
  const stopped = new Promise<void>(resolve => {
    stop = resolve
  })
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => stop())
  const variables = process.env
  const home = kosmoHome(variables)
  try {
    const settings = openSettings(home)
    const broker = await startBroker({
      home,
      variables,
      settings,
      accounts: openAccounts(home, settings),
      gateway: {
        command: process.execPath,
        args: [ownProgram('kosmo'), 'gateway'],
        variables: gatewayVariables(variables),
      },
      report: line => process.stderr.write(`kosmo broker: ${line}\n`),
      onStop: stop,
    })
    console.log(`The broker runs (process ${process.pid}, ${home}). Ctrl-C ends it.`)
    for (const problem of broker.state.problems()) console.error(`kosmo broker: ${problem}`)
    await stopped
    await broker.close()
    return EXIT.ok
  } catch (error) {
    if (!(error instanceof KosmoError)) throw error
    console.error(`kosmo: ${error.message}`)
    return EXIT.failure
  }
}

async function stopOther(): Promise<number> {
  const client = await connectBroker({ variables: process.env, interactive: false })
  if (client === undefined) {
    console.error('kosmo: no broker runs.')
    return EXIT.noBroker
  }
  try {
    await client.broker.stop({})
    await client.closed
  } finally {
    client.close()
  }
  console.log('The broker has ended.')
  return EXIT.ok
}
