import { setTimeout as sleep, setImmediate as turn } from 'node:timers/promises'
import type { BrokerMethods } from '../../shared/protocol/gateway-methods.ts'
import type { Environment, Integration } from '../integrations/integration.ts'
import { createToolHandler } from './call-tool.ts'
import { startServer } from './sdk.ts'
import { serverInfo } from './server-info.ts'
import type { WireMessage } from './stdio/client-session.ts'
import { toolName } from './tool-list.ts'

const CHARACTERS = 20_000

const LOOK_EVERY_MS = 50

/**
 * Takes a call of each reading tool through everything that a client's goes through, with a server that is made up.
 * Schemas and functions are built and compiled when they are first used; done ahead, the first call takes a third of
 * the time. Lets others in between two calls, and never fails.
 *
 * @param isBusy whether a client waits for something: it goes first
 */
export async function rehearse(
  integrations: readonly Integration[],
  environment: Environment,
  isBusy: () => boolean,
): Promise<void> {
  for (const integration of integrations) {
    try {
      await rehearseOne(integration, environment, isBusy)
    } catch {
      // What is wrong is told by the first call, where somebody reads it.
    }
  }
}

async function rehearseOne(
  integration: Integration,
  environment: Environment,
  isBusy: () => boolean,
): Promise<void> {
  const { service, calls } = integration.rehearsal(environment)
  const handler = createToolHandler({
    integrations: [{ ...integration, connect: () => service }],
    broker: nobody,
    environment,
    maxResultCharacters: CHARACTERS,
    report: () => undefined,
  })
  const answers = new Answers()
  const info = serverInfo('rehearsal')
  const server = { info, instructions: '', tools: () => [], callTool: handler.call }
  const link = startServer(server, message => answers.take(message))
  const clientInfo = { name: 'rehearsal', version: '' }
  const params = { protocolVersion: '2025-06-18', capabilities: {}, clientInfo }
  link.receive({ jsonrpc: '2.0', id: 'handshake', method: 'initialize', params })
  link.receive({ jsonrpc: '2.0', method: 'notifications/initialized' })
  for (const { function: name, arguments: given } of calls) {
    while (isBusy()) await sleep(LOOK_EVERY_MS)
    const answered = answers.next()
    const call = { name: toolName(integration, { name }), arguments: given, _meta: { progressToken: 1 } }
    link.receive({ jsonrpc: '2.0', id: name, method: 'tools/call', params: call })
    await answered
    await turn()
  }
  link.close()
}

/** One who waits at a time; what nobody waits for is the handshake's. */
class Answers {
  #waiting: (() => void) | undefined

  next(): Promise<void> {
    return new Promise(resolve => {
      this.#waiting = resolve
    })
  }

  take(message: WireMessage): void {
    if (message.id === 'handshake') return
    // As it would go to the client.
    JSON.stringify(message)
    this.#waiting?.()
    this.#waiting = undefined
  }
}

/** A broker that gives an account and knows nothing else: only what reads is rehearsed. */
const nobody: BrokerMethods = {
  account: () => ({ kind: 'account', credentials: {}, variables: {} }),
  record: () => null,
  withdraw: () => null,
  mayWrite: () => ({ kind: 'blocked', why: '' }),
  decideWrite: () => ({ kind: 'refused', outcome: { kind: 'blocked', why: '' } }),
  askPerson: () => ({ kind: 'refused', outcome: { kind: 'blocked', why: '' } }),
  answerForm: () => ({ kind: 'refused', outcome: { kind: 'blocked', why: '' } }),
  release: () => ({ kind: 'blocked', why: '' }),
}
