import type { WritePolicy } from '../../shared/policy/write-policy.ts'
import type { ServeOptions } from '../../shared/protocol/hello.ts'
import type { AnswerText, GatewayLink, WireMessage } from '../gateway/stdio/client-session.ts'
import type { ClientHandshake } from '../gateway/stdio/handshake.ts'
import { MAX_UNREAD_BYTES } from './back-pressure.ts'
import {
  clientLine,
  END_OF_INPUT,
  helloLine,
  readAnswerText,
  readBrokerLine,
  readWelcome,
  type Surroundings,
  unwritable,
} from './broker-lines.ts'
import { BrokerSocket, type SocketEnd } from './broker-socket.ts'
import { type BrokerTrouble, troubleResult } from './broker-trouble.ts'
import { type OpenCall, OpenExchanges } from './open-exchanges.ts'
import { WaitingCalls } from './waiting-calls.ts'

export type BrokerLinkOptions = {
  address: string
  options: ServeOptions
  from: Surroundings
  /** Whether a tool changes something: a call of it may have done so although its answer never came. */
  isWrite(tool: string): boolean
  /** The policy that the client is told of has changed since `meet` gave one. */
  onWrite(write: WritePolicy): void
  /** Takes answers unread; without it they are read like any other message. */
  onAnswer?(answer: AnswerText): void
  /** Whether more is on its way to the broker than it takes. */
  onFull(full: boolean): void
}

/** `write` is that of the flags where no broker has said another yet. */
export type Meeting = { kind: 'solo' } | { kind: 'broker'; write: WritePolicy }

/**
 * `idle`: connected, and nothing said, because no client is there yet. `asking`: the hello is sent.
 * `solo`: nobody was there at the start, which is final.
 */
type State = 'connecting' | 'idle' | 'asking' | 'ready' | 'away' | 'solo'

/** A client waits about a second for its tools, and leaves them out then. */
const MEET_MS = 250

/** How long a call waits for a broker that has not said anything yet, and for one that was there and has gone. */
const FIRST_WELCOME_MS = 5_000
const RECONNECT_MS = 2_000

const FIRST_RETRY_MS = 250
const LAST_RETRY_MS = 3_000

/**
 * The gateway of one client behind the broker, which may come, go and come again.
 *
 * Gives every call that it takes exactly one answer. Once there may have been a broker it is never left out: whoever
 * ends it must not get rid of its policy by that.
 */
export class BrokerLink implements GatewayLink {
  readonly #options: BrokerLinkOptions
  readonly #open = new OpenExchanges()
  readonly #waiting = new WaitingCalls()
  /** `initialize` and `notifications/initialized`, once the session has opened its gateway. */
  readonly #handshake: string[] = []
  #socket: BrokerSocket
  #state: State = 'connecting'
  #write: WritePolicy
  #client: ClientHandshake | undefined
  #met: ((meeting: Meeting) => void) | undefined
  #send: (message: WireMessage) => void = () => undefined
  #mayBeSolo = true
  #wasReady = false
  #trouble: BrokerTrouble = { kind: 'away' }
  #failures = 0
  #retry: NodeJS.Timeout | undefined
  #inputEnded = false
  #isPaused = false

  /** Connects at once, and says nothing before `meet`. */
  constructor(options: BrokerLinkOptions) {
    this.#options = options
    this.#write = options.options.write
    this.#socket = this.#connect()
  }

  /** Introduces the client; `met` is called once, within 250 ms. */
  meet(client: ClientHandshake, met: (meeting: Meeting) => void): void {
    this.#client = client
    this.#met = met
    if (this.#state === 'solo') return this.#endMeeting()
    if (this.#state === 'idle') this.#sayHello()
    if (this.#state === 'away') this.#reconnect()
    setTimeout(() => this.#endMeeting(), MEET_MS).unref()
  }

  /** The gateway's end of a session; not for one that is solo. */
  openGateway(send: (message: WireMessage) => void): GatewayLink {
    this.#send = send
    return this
  }

  receive(message: WireMessage): void {
    const { id, method, params } = message
    if (method === 'tools/call' && typeof id === 'string') {
      this.#call({ id, tool: String((params as WireMessage | undefined)?.name) }, clientLine(message))
    } else if (method === 'notifications/cancelled') {
      const requestId = (params as WireMessage | undefined)?.requestId
      if (!this.#waiting.take(requestId) && this.#open.settleCall(requestId)) this.#toBroker(message)
    } else if (method !== undefined) {
      const line = JSON.stringify(message)
      this.#handshake.push(line)
      if (this.#state === 'ready') this.#socket.write(line)
    } else {
      const theirs = this.#open.settleRequest(id)
      if (theirs !== undefined) this.#toBroker({ ...message, id: theirs })
    }
    this.#weigh()
  }

  endOfInput(): void {
    this.#inputEnded = true
    clearTimeout(this.#retry)
    if (this.#state === 'ready') this.#socket.write(END_OF_INPUT)
  }

  close(): void {
    clearTimeout(this.#retry)
    this.#socket.close()
  }

  /** While it is paused, nothing is read from the broker. */
  setPaused(paused: boolean): void {
    this.#isPaused = paused
    this.#socket.setPaused(paused)
  }

  #connect(): BrokerSocket {
    clearTimeout(this.#retry)
    this.#state = 'connecting'
    const socket = new BrokerSocket(this.#options.address, {
      connected: () => this.#connected(),
      line: text => this.#line(text),
      drained: () => this.#weigh(),
      ended: end => this.#ended(end),
    })
    if (this.#isPaused) socket.setPaused(true)
    return socket
  }

  #reconnect(): void {
    this.#socket = this.#connect()
  }

  #connected(): void {
    this.#state = 'idle'
    if (this.#client !== undefined) this.#sayHello()
  }

  #sayHello(): void {
    if (this.#client === undefined) return
    this.#state = 'asking'
    this.#socket.write(helloLine(this.#options.options, this.#client, this.#options.from))
  }

  #line(text: string): void {
    if (this.#state === 'ready') return this.#message(text)
    const welcome = this.#state === 'asking' ? readWelcome(text) : undefined
    if (welcome?.kind === 'welcome') return this.#welcomed(welcome.write)
    if (welcome === undefined || welcome.trouble.kind === 'garbage') return this.#socket.refuse()
    this.#socket.close()
    this.#failed(welcome.trouble)
  }

  #welcomed(write: WritePolicy): void {
    this.#state = 'ready'
    this.#wasReady = true
    this.#failures = 0
    for (const line of this.#handshake) this.#socket.write(line)
    for (const { call, line } of this.#waiting.takeAll()) {
      this.#open.addCall(call)
      this.#socket.write(line)
    }
    if (this.#inputEnded) this.#socket.write(END_OF_INPUT)
    this.#setWrite(write)
    this.#weigh()
  }

  #message(text: string): void {
    const answer = this.#options.onAnswer && readAnswerText(text)
    if (answer) return void (this.#open.settleCall(answer.id) && this.#options.onAnswer?.(answer))
    const message = readBrokerLine(text)
    switch (message.kind) {
      case 'nothing':
        return
      case 'malformed':
        return this.#socket.refuse()
      case 'write':
        return this.#setWrite(message.write)
      case 'response': {
        const { kind, ...answer } = message
        if (this.#open.settleCall(answer.id)) this.#send({ jsonrpc: '2.0', ...answer })
        return
      }
      case 'request': {
        const { method, params } = message
        return this.#send({ jsonrpc: '2.0', id: this.#open.addRequest(message.id), method, params })
      }
      case 'notification': {
        const { method } = message
        const isCancel = method === 'notifications/cancelled'
        const params = isCancel ? this.#open.cancelRequest(message.params) : message.params
        if (isCancel && params === undefined) return
        return this.#send({ jsonrpc: '2.0', method, params })
      }
    }
  }

  #ended(end: SocketEnd): void {
    if (end.kind === 'nobody' && this.#mayBeSolo) {
      this.#state = 'solo'
      return this.#endMeeting()
    }
    this.#failed(end.kind === 'fault' || end.kind === 'garbage' ? end : { kind: 'away' })
  }

  /** There is no connection any more, or there never was one. */
  #failed(trouble: BrokerTrouble): void {
    this.#mayBeSolo = false
    this.#state = 'away'
    this.#trouble = trouble
    const { calls, requests } = this.#open.takeAll()
    for (const requestId of requests) {
      const params = { requestId, reason: 'The KosmoKrator broker ended' }
      this.#send({ jsonrpc: '2.0', method: 'notifications/cancelled', params })
    }
    for (const call of calls) this.#giveUp(call, { kind: 'lost', write: this.#options.isWrite(call.tool) })
    // A broker that starts again is there in a moment; nothing else gets better by waiting.
    if (trouble.kind !== 'away') {
      for (const { call } of this.#waiting.takeAll()) this.#giveUp(call, trouble)
    }
    this.#endMeeting()
    this.#weigh()
    this.#retryLater()
  }

  /** Tries again without being asked. One that refused is asked again by the next call only. */
  #retryLater(): void {
    const { kind } = this.#trouble
    if (this.#client === undefined || this.#inputEnded || kind === 'refused' || kind === 'other-protocol')
      return
    const grown = Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** this.#failures++)
    const delay = this.#waiting.size > 0 ? FIRST_RETRY_MS : grown
    this.#retry = setTimeout(() => this.#reconnect(), delay).unref()
  }

  #call(call: OpenCall, line: string | undefined): void {
    if (line === undefined) return this.#giveUp(call, { kind: 'too-long' })
    if (this.#state === 'ready') {
      this.#open.addCall(call)
      return this.#socket.write(line)
    }
    const isFirst = !this.#wasReady && this.#state !== 'away'
    const ms = isFirst ? FIRST_WELCOME_MS : RECONNECT_MS
    this.#waiting.add(call, line, ms, () => {
      this.#giveUp(call, this.#state === 'away' ? this.#trouble : { kind: 'silent', seconds: ms / 1_000 })
      this.#weigh()
    })
    if (this.#state === 'away') this.#reconnect()
  }

  #giveUp(call: OpenCall, trouble: BrokerTrouble): void {
    this.#send({ jsonrpc: '2.0', id: call.id, result: troubleResult(trouble) })
  }

  #toBroker(message: WireMessage): void {
    if (this.#state === 'ready') this.#socket.write(clientLine(message) ?? unwritable(message.id))
  }

  #setWrite(write: WritePolicy): void {
    const changed = write !== this.#write
    this.#write = write
    if (this.#met !== undefined) this.#endMeeting()
    else if (changed) this.#options.onWrite(write)
  }

  /** Tells whoever waits in `meet` what is known by now. */
  #endMeeting(): void {
    const met = this.#met
    this.#met = undefined
    if (this.#state === 'solo') return met?.({ kind: 'solo' })
    // The client is told that somebody decides here: from now on nobody else may.
    if (met !== undefined) this.#mayBeSolo = false
    met?.({ kind: 'broker', write: this.#write })
  }

  #weigh(): void {
    this.#options.onFull(this.#waiting.length + this.#socket.backlog > MAX_UNREAD_BYTES)
  }
}
