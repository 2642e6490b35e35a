import type { BrokerMethods } from '../../shared/protocol/gateway-methods.ts'
import type { ServeOptions } from '../../shared/protocol/hello.ts'
import { catalogue } from '../integrations/catalogue.ts'
import type { Environment } from '../integrations/integration.ts'
import type { Accounts } from './accounts.ts'
import { createToolHandler } from './call-tool.ts'
import { instructions } from './instructions.ts'
import type { Questions } from './questions.ts'
import { startServer } from './sdk.ts'
import { serverInfo } from './server-info.ts'
import type { GatewayLink, WireMessage } from './stdio/client-session.ts'
import { listedTool } from './tool-list.ts'

export type GatewayOptions = {
  options: ServeOptions
  /** Holds policy, approvals and accounts; in this process or in another. */
  broker: BrokerMethods
  environment: Environment
  send(message: WireMessage): void
  /** One line about a fault of ours; never with values in it. */
  report(line: string): void
}

/** The MCP server of one client, with what its broker may ask of it. */
export type Gateway = {
  link: GatewayLink
  questions: Questions
  accounts: Accounts
  callsAtOnce(): number
  writesInFlight(): number
}

/** Opens the gateway of one client, and warms it up for the first call. */
export function openGateway({ options, broker, environment, send, report }: GatewayOptions): Gateway {
  const integrations = catalogue.filter(({ id }) => options.integrations.includes(id))
  const { maxResultCharacters, reader } = options
  const handler = createToolHandler({
    integrations,
    broker,
    environment,
    maxResultCharacters,
    reader,
    report,
  })
  const tools = () =>
    integrations.flatMap(integration =>
      integration.functions
        .filter(({ access }) => access === 'read' || options.write !== 'deny')
        .map(definition => listedTool(integration, definition)),
    )
  const link = startServer(
    {
      info: serverInfo(options.name),
      instructions: instructions(options.write),
      tools,
      callTool: handler.call,
    },
    send,
  )
  // A program of ours has its call ready: nothing is asked of the server that the call does not need.
  if (reader !== 'program') setImmediate(() => void handler.warmUp())
  const { questions, accounts, callsAtOnce, writesInFlight } = handler
  return { link, questions, accounts, callsAtOnce, writesInFlight }
}
