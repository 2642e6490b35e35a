import * as z from 'zod'
import { version } from '../../../package.json'
import { KosmoError } from '../../../shared/errors.ts'
import type { ServeOptions } from '../../../shared/protocol/hello.ts'
import { brokerAddress, currentFolder } from '../../broker/home.ts'
import type { SoloDesk } from '../../gateway/solo-gateway.ts'
import type { GatewayLink, WireMessage } from '../../gateway/stdio/client-session.ts'
import { BrokerLink } from '../broker-link.ts'
import { loadSoloGateway } from '../lazy-programs.ts'
import { endInOrder } from './end-in-order.ts'

export type OwnSessionOptions = {
  options: ServeOptions
  /** The name under which policy, grants and audit know this process. */
  client: string
  variables: Record<string, string | undefined>
  isWrite(tool: string): boolean
  /** One line about a fault of ours. */
  report(line: string): void
}

/** What came back for a call, as text and as data. */
export type OwnResult = z.infer<typeof resultSchema>

/** Who decides on the calls of this process. */
export type Decider = { kind: 'broker' } | { kind: 'solo'; desk: SoloDesk }

const resultSchema = z.object({
  content: z.array(z.object({ type: z.literal('text'), text: z.string() })).min(1),
  structuredContent: z.record(z.string(), z.unknown()).optional(),
  isError: z.boolean().optional(),
})

type Waiting = { resolve(result: OwnResult): void; reject(error: KosmoError): void }

/**
 * This process as a client of its own: of the broker where one runs, else with gateway and broker inside of itself. So
 * policy, grants, approvals, posting once and the audit are the same as for every other client.
 */
export class OwnSession {
  readonly #link: BrokerLink
  readonly #waiting = new Map<string, Waiting>()
  readonly #opened: Promise<{ gateway: GatewayLink; decider: Decider }>
  #lastId = 0
  /** Alone, the audit is written by this process. */
  #asUsual: () => void = () => undefined

  constructor({ options, client, variables, isWrite, report }: OwnSessionOptions) {
    const handshake = {
      protocolVersion: '2025-06-18',
      clientInfo: { name: client, version },
      capabilities: {},
    }
    // Nothing stands between it and the broker, so nothing but itself has started it.
    const from = { pid: process.pid, parent: process.pid, workspace: currentFolder(), variables }
    const address = brokerAddress(variables, process.platform)
    const link = new BrokerLink({
      address,
      options,
      from,
      isWrite,
      onWrite: () => undefined,
      onFull: () => undefined,
    })
    const send = (message: WireMessage) => this.#take(message)
    this.#link = link
    this.#opened = new Promise((resolve, reject) => {
      link.meet(handshake, meeting => {
        try {
          if (meeting.kind === 'solo') this.#asUsual = endInOrder()
          const opened = meeting.kind === 'broker' ? brokered(link, send) : alone()
          greet(opened.gateway, handshake)
          resolve(opened)
        } catch (error) {
          reject(error)
        }
      })
    })

    function alone() {
      const { openSoloGateway } = loadSoloGateway()
      const gateway = openSoloGateway(options, handshake, variables, send, report)
      return { gateway, decider: { kind: 'solo' as const, desk: gateway.desk } }
    }
  }

  /** Who decides; settles once that is known. */
  async decider(): Promise<Decider> {
    return (await this.#opened).decider
  }

  /**
   * Calls a tool and gives its result, whatever became of it.
   *
   * @throws KosmoError `cancelled` where the signal aborts first; nothing is posted then that was not on its way
   */
  async call(name: string, args: Record<string, unknown>, signal: AbortSignal): Promise<OwnResult> {
    const { gateway } = await this.#opened
    if (signal.aborted) throw cancelled()
    const id = `call-${++this.#lastId}`
    const answer = new Promise<OwnResult>((resolve, reject) => this.#waiting.set(id, { resolve, reject }))
    const cancel = () => {
      gateway.receive({ jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: id } })
      this.#settle(id)?.reject(cancelled())
    }
    signal.addEventListener('abort', cancel, { once: true })
    gateway.receive({ jsonrpc: '2.0', id, method: 'tools/call', params: { name, arguments: args } })
    return answer.finally(() => signal.removeEventListener('abort', cancel))
  }

  /** Ends it: what still waits for a person is never posted. */
  async close(): Promise<void> {
    const opened = await this.#opened.catch(() => undefined)
    opened?.gateway.close()
    this.#link.close()
    this.#asUsual()
  }

  #take({ id, result, error, method }: WireMessage): void {
    if (method !== undefined || typeof id !== 'string') return
    const waiting = this.#settle(id)
    if (waiting === undefined) return
    const read = resultSchema.safeParse(result)
    if (error === undefined && read.success) waiting.resolve(read.data)
    else waiting.reject(new KosmoError('internal', 'KosmoKrator had a fault of its own.'))
  }

  #settle(id: string): Waiting | undefined {
    const waiting = this.#waiting.get(id)
    this.#waiting.delete(id)
    return waiting
  }
}

function brokered(link: BrokerLink, send: (message: WireMessage) => void) {
  return { gateway: link.openGateway(send), decider: { kind: 'broker' as const } }
}

function greet(gateway: GatewayLink, handshake: Record<string, unknown>): void {
  gateway.receive({ jsonrpc: '2.0', id: 'handshake', method: 'initialize', params: handshake })
  gateway.receive({ jsonrpc: '2.0', method: 'notifications/initialized' })
}

function cancelled(): KosmoError {
  return new KosmoError('cancelled', 'The call was cancelled; nothing was posted.')
}
