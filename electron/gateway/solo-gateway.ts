import { setTimeout as sleep } from 'node:timers/promises'
import { journalFolder } from '../broker/home.ts'
import { openJournal } from '../broker/journal.ts'
import { createSoloBroker } from '../broker/solo-broker.ts'
import { catalogue } from '../integrations/catalogue.ts'
import type { Environment } from '../integrations/integration.ts'
import { createToolHandler } from './call-tool.ts'
import { instructions } from './instructions.ts'
import { startServer } from './sdk.ts'
import type { ServeOptions } from './serve-options.ts'
import { serverInfo } from './server-info.ts'
import type { GatewayLink, WireMessage } from './stdio/client-session.ts'
import { listedTool } from './tool-list.ts'

/** Gateway and broker in the client's own process, for when no broker runs: CI, containers, a bare terminal. */
export function openSoloGateway(
  options: ServeOptions,
  variables: Record<string, string | undefined>,
  send: (message: WireMessage) => void,
  report: (line: string) => void,
): GatewayLink {
  const environment: Environment = {
    variables,
    now: Date.now,
    monotonic: () => performance.now(),
    sleep: milliseconds => sleep(milliseconds),
    random: Math.random,
    journal: openJournal(journalFolder(variables), Date.now),
  }
  const integrations = catalogue.filter(({ id }) => options.integrations.includes(id))
  const broker = createSoloBroker({
    policy: options.write,
    account: options.account,
    variables,
    now: () => performance.now(),
  })
  const tools = () =>
    integrations.flatMap(integration =>
      integration.functions
        .filter(({ access }) => access === 'read' || options.write !== 'deny')
        .map(definition => listedTool(integration, definition)),
    )
  const handler = createToolHandler({
    integrations,
    broker,
    environment,
    maxResultCharacters: options.maxResultCharacters,
    report,
  })
  const link = startServer(
    {
      info: serverInfo(options.name),
      instructions: instructions(options.write),
      tools,
      callTool: handler.call,
    },
    send,
  )
  setImmediate(() => {
    void handler.warmUp()
    // Through the SDK once, with a call that nobody waits for: what has run before runs faster.
    link.receive({ jsonrpc: '2.0', id: 'warm-up', method: 'tools/call', params: { name: 'warm-up' } })
  })
  return link
}
