import { expect } from 'vitest'
import type { BrokerClient } from '../../../electron/broker/broker-client.ts'
import type { Answer } from '../../../shared/approvals/approval.ts'
import type { RawClient } from '../mcp/raw-client.ts'
import { type RpcLine, resultText } from '../mcp/rpc-line.ts'
import { type BrokerProcess, showEverything, startBrokerProcess, startClient } from './broker-process.ts'
import type { KillTown } from './kill-town.ts'
import { isRunning } from './proc.ts'
import { until } from './until.ts'

export const APPROVE: Answer = { kind: 'approve', span: 'once', reach: 'channel' }

/** A broker, a person who sees everything, and one client; both programs can be killed and started again. */
export class KillDesk {
  readonly town: KillTown
  broker: BrokerProcess
  person: BrokerClient
  readonly client: RawClient
  /** The process that serves the client, as long as it is the first. */
  readonly gateway: number

  private constructor(town: KillTown, broker: BrokerProcess, person: BrokerClient, client: RawClient) {
    this.town = town
    this.broker = broker
    this.person = person
    this.client = client
    this.gateway = broker.gateways()[0] ?? 0
  }

  /** @param watching whether the person's terminal shows requests as they come */
  static async open(town: KillTown, watching = true): Promise<KillDesk> {
    const broker = await startBrokerProcess({ home: town.home })
    const person = watching ? await showEverything(broker) : await broker.terminal()
    await until('there is a spare, and it alone', () => broker.gateways().length === 1)
    const starting = startClient(broker, town.account, { write: 'ask' })
    return new KillDesk(town, broker, person, await starting)
  }

  /** Asks to post; the key makes it the same post whenever it is said again. */
  post(message: string, to = '~town-square'): Promise<RpcLine> {
    const args = { channel_id: to, message, idempotency_key: message }
    return this.client.callTool('create_post', args)
  }

  /** The id of the only request that waits, once a surface has shown it. */
  shown(signal?: AbortSignal): Promise<string> {
    return until('a request is on the screen', async () => {
      if (signal?.aborted) return 'nobody asks any more'
      const [first] = await this.person.broker.listApprovals({})
      return first !== undefined && first.shownOn.length > 0 && first.id
    })
  }

  /** Asks to post until the request is on the screen: who was killed a moment ago may take the first call along. */
  async asked(message: string): Promise<{ id: string; call: Promise<RpcLine> }> {
    for (;;) {
      const call = this.post(message)
      const seen = new AbortController()
      const first = await Promise.race([
        this.shown(seen.signal).then(id => ({ id })),
        call.then(answer => ({ answer })),
      ])
      if ('id' in first) return { ...first, call }
      seen.abort()
      expect(resultText(first.answer)).toMatch(/\[unreachable\]$/)
    }
  }

  async approve(): Promise<void> {
    const id = await this.shown()
    expect(await this.person.broker.answer({ id, answer: APPROVE })).toEqual({ kind: 'done' })
  }

  async killBroker(): Promise<void> {
    await this.broker.kill()
    await this.person.closed
  }

  async killGateways(pids = this.broker.gateways()): Promise<void> {
    for (const pid of pids) kill(pid, 'SIGKILL')
    await until('they are gone', () => !pids.some(isRunning))
  }

  /** Starts the broker again where it was killed. */
  async restart(): Promise<void> {
    if (!isRunning(this.broker.pid)) this.broker = await startBrokerProcess({ home: this.town.home })
    this.person.close()
    this.person = await showEverything(this.broker)
  }

  /**
   * Makes the same call again, with everything approved that it asks for; gives what it is told in the end. Who was
   * killed a moment ago may take a call along: that one is made once more.
   */
  async again(message: string, to?: string): Promise<string> {
    for (;;) {
      let told: string | undefined
      const call = this.post(message, to).then(answer => {
        told = resultText(answer)
      })
      await until('it is told something', async () => {
        if (told !== undefined) return true
        const [first] = await this.person.broker.listApprovals({})
        if (first !== undefined) await this.person.broker.answer({ id: first.id, answer: APPROVE })
        return false
      })
      await call
      if (told?.endsWith('[unreachable]') !== true) return told ?? ''
    }
  }

  /** Every call that was made has exactly one answer. */
  async expectOneAnswerEach(): Promise<void> {
    await this.client.settled()
    const answers = this.client.received.filter(line => line.method === undefined).map(({ id }) => id)
    expect(answers.filter((id, place) => answers.indexOf(id) !== place)).toEqual([])
  }
}

/** Sends a signal to a process that may be gone. */
export function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch {
    // It has ended by itself.
  }
}
