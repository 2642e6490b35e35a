import { type ClientHandshake, readHandshake } from './handshake.ts'
import {
  INTERNAL_ERROR,
  INVALID_PARAMS,
  INVALID_REQUEST,
  METHOD_NOT_FOUND,
  type Params,
  parseMessage,
  type RequestId,
  type RpcError,
  type RpcMessage,
  type RpcRequest,
  type RpcResponse,
} from './json-rpc.ts'
import { readToolCall } from './tool-call-params.ts'

/** A JSON-RPC message on its way to or from the gateway. */
export type WireMessage = { jsonrpc: '2.0' } & Params

/** An answer that is passed on as it came: to read 60 posts only to write them again takes longer than the way here. */
export type AnswerText = {
  id: string
  /** All that stands behind the id and its comma, the brace at the end too. */
  tail: string
}

/** The MCP server behind the session; it sees clean messages with ids of our own making. */
export type GatewayLink = {
  receive(message: WireMessage): void
  /** The client will send nothing more: reads may still be answered, nothing may be written any more. */
  endOfInput(): void
  /** The client is gone: everything ends. */
  close(): void
}

/** Answers that need no gateway, as texts made at build time. */
export type StaticAnswers = {
  /** JSON of the `initialize` result for a protocol version that the client asked for. */
  initialize(protocolVersion: string): string
  /** JSON of the `tools/list` result. */
  toolsList: string
}

export type SessionOptions = {
  /** Writes one line to the client. */
  write(line: string): void
  /** Finds out what this client is answered; until `met` is called, nothing but a ping is. Called once. */
  meet(client: ClientHandshake, met: (answers: StaticAnswers) => void): void
  /** Starts the gateway; called once, when `tools/list` has been answered or a call comes first. */
  openGateway(client: ClientHandshake, send: (message: WireMessage) => void): GatewayLink
  /** Asks for `start` to be called soon, after what has been written has left. */
  soon(start: () => void): void
  /** Called whenever a call has been answered or given up. */
  onSettled?(): void
}

/** Calls at once; a client that has more open than this is told to wait. */
const MAX_IN_FLIGHT = 64

/** Of a cancellation, which nobody reads but us. In UTF-16 units. */
const MAX_REASON = 200

const DECODER = new TextDecoder()

/**
 * One client on one pipe: the lifecycle gate, the answers that need no gateway, and the ids.
 *
 * Ids are replaced by our own on the way in and put back on the way out. So 0 and "" are ids like any other, an id
 * that is in use is refused, and a late answer to a cancelled call finds nobody.
 */
export class ClientSession {
  readonly #options: SessionOptions
  #client: ClientHandshake | undefined
  #answers: StaticAnswers | undefined
  /** What came while `meet` is under way, in order. */
  #held: (() => void)[] | undefined
  #heldBytes = 0
  #isInitialized = false
  #listChanged = false
  #gateway: GatewayLink | undefined
  #nextId = 1
  readonly #callers = new Map<string, RequestId>()
  readonly #internalIds = new Map<RequestId, string>()
  readonly #asked = new Set<RequestId>()

  constructor(options: SessionOptions) {
    this.#options = options
  }

  /** Calls that have no answer yet. */
  get inFlight(): number {
    return this.#callers.size
  }

  /** Bytes of messages that wait until the client has been met. */
  get heldBytes(): number {
    return this.#heldBytes
  }

  receive(line: Buffer): void {
    const message = parseMessage(DECODER.decode(line))
    const isPing = message.kind === 'request' && message.method === 'ping'
    if (isPing) return this.#take(message)
    this.#inOrder(() => this.#take(message), line.length)
  }

  receiveTooLong(): void {
    const error = { code: INVALID_REQUEST, message: 'This line is too long: at most 4 MB' }
    this.#inOrder(() => this.#fail(null, error))
  }

  /** The client will send nothing more: nothing that waits for a person may be sent any more. */
  endOfInput(taken: () => void): void {
    this.#inOrder(() => {
      this.#gateway?.endOfInput()
      taken()
    })
  }

  /** Gives other answers from now on, and tells the client that its list of tools has changed. */
  change(answers: StaticAnswers): void {
    this.#answers = answers
    this.#listChanged = true
    this.#tellOfChange()
  }

  /** Gives the client an answer of the gateway as it is. */
  passOn({ id, tail }: AnswerText): void {
    this.#settle(id, caller => `{"jsonrpc":"2.0","id":${JSON.stringify(caller)},${tail}`)
  }

  close(): void {
    this.#gateway?.close()
  }

  #inOrder(step: () => void, bytes = 0): void {
    if (this.#held === undefined) return step()
    this.#held.push(step)
    this.#heldBytes += bytes
  }

  #take(message: RpcMessage): void {
    switch (message.kind) {
      case 'nothing':
        return
      case 'malformed':
        return this.#fail(message.id, message.error)
      case 'request':
        return this.#request(message)
      case 'notification':
        return this.#notification(message.method, message.params)
      case 'response':
        // An answer to something we never asked is ignored.
        if (!this.#asked.delete(message.id)) return
        return this.#answered(message)
    }
  }

  #answered({ kind, ...answer }: RpcResponse): void {
    this.#gateway?.receive({ jsonrpc: '2.0', ...answer })
  }

  #request({ id, method, params }: RpcRequest): void {
    if (this.#internalIds.has(id)) {
      return this.#fail(id, { code: INVALID_REQUEST, message: 'This id is in use by a call in flight' })
    }
    if (method === 'ping') return this.#answer(id, '{}')
    if (method === 'initialize') return this.#initialize(id, params)
    if (method !== 'tools/list' && method !== 'tools/call') {
      return this.#fail(id, { code: METHOD_NOT_FOUND, message: 'Method not found' })
    }
    if (this.#answers === undefined) {
      return this.#fail(id, { code: INVALID_REQUEST, message: 'Not initialized: send initialize first' })
    }
    if (method === 'tools/list') return this.#listTools(id, params, this.#answers)
    this.#callTool(id, params)
  }

  #initialize(id: RequestId, params: Params | undefined): void {
    if (this.#client !== undefined) {
      return this.#fail(id, { code: INVALID_REQUEST, message: 'Already initialized' })
    }
    const read = readHandshake(params)
    if (read.kind === 'refused') return this.#fail(id, read.error)
    const { client } = read
    const held: (() => void)[] = []
    this.#client = client
    this.#held = held
    this.#options.meet(client, answers => {
      this.#answers = answers
      this.#held = undefined
      this.#heldBytes = 0
      this.#answer(id, answers.initialize(client.protocolVersion))
      for (const step of held) step()
    })
  }

  #listTools(id: RequestId, params: Params | undefined, { toolsList }: StaticAnswers): void {
    if (params?.cursor !== undefined) {
      return this.#fail(id, { code: INVALID_PARAMS, message: 'Unknown cursor: the list has one page' })
    }
    this.#answer(id, toolsList)
    this.#options.soon(() => this.#open())
  }

  #callTool(id: RequestId, params: Params | undefined): void {
    const read = readToolCall(params)
    if (read.kind === 'refused') return this.#fail(id, read.error)
    if (this.#callers.size >= MAX_IN_FLIGHT) {
      const message = `Too many calls at once: at most ${MAX_IN_FLIGHT}; wait for an answer`
      return this.#fail(id, { code: INTERNAL_ERROR, message })
    }
    const internalId = `c${this.#nextId++}`
    this.#callers.set(internalId, id)
    this.#internalIds.set(id, internalId)
    this.#open()?.receive({ jsonrpc: '2.0', id: internalId, method: 'tools/call', params: read.params })
  }

  #notification(method: string, params: Params | undefined): void {
    if (method === 'notifications/initialized') {
      this.#isInitialized = this.#answers !== undefined
      return this.#tellOfChange()
    }
    if (method !== 'notifications/cancelled') return
    const requestId = params?.requestId
    if (typeof requestId !== 'string' && typeof requestId !== 'number') return
    const internalId = this.#internalIds.get(requestId)
    if (internalId === undefined) return
    this.#release(internalId)
    this.#options.onSettled?.()
    const reason = typeof params?.reason === 'string' ? { reason: params.reason.slice(0, MAX_REASON) } : {}
    this.#gateway?.receive({ jsonrpc: '2.0', method, params: { requestId: internalId, ...reason } })
  }

  /** Not before the client says that it is ready for notifications. */
  #tellOfChange(): void {
    if (!this.#isInitialized || !this.#listChanged) return
    this.#listChanged = false
    this.#options.write('{"jsonrpc":"2.0","method":"notifications/tools/list_changed"}')
  }

  /** The gateway, started and through the client's handshake. */
  #open(): GatewayLink | undefined {
    if (this.#gateway !== undefined || this.#client === undefined) return this.#gateway
    const gateway = this.#options.openGateway(this.#client, message => this.#fromGateway(message))
    this.#gateway = gateway
    gateway.receive({ jsonrpc: '2.0', id: 'handshake', method: 'initialize', params: { ...this.#client } })
    gateway.receive({ jsonrpc: '2.0', method: 'notifications/initialized' })
    return gateway
  }

  #fromGateway(message: WireMessage): void {
    const { id, method } = message
    if (method !== undefined) {
      if (typeof id === 'string' || typeof id === 'number') this.#asked.add(id)
      return this.#options.write(JSON.stringify(message))
    }
    this.#settle(id, caller => JSON.stringify({ ...message, id: caller }))
  }

  #settle(id: unknown, line: (caller: RequestId) => string): void {
    const caller = this.#release(id)
    if (caller === undefined) return
    this.#options.write(line(caller))
    this.#options.onSettled?.()
  }

  #release(internalId: unknown): RequestId | undefined {
    if (typeof internalId !== 'string') return undefined
    const caller = this.#callers.get(internalId)
    if (caller === undefined) return undefined
    this.#callers.delete(internalId)
    this.#internalIds.delete(caller)
    return caller
  }

  #answer(id: RequestId, resultJson: string): void {
    this.#options.write(`{"jsonrpc":"2.0","id":${JSON.stringify(id)},"result":${resultJson}}`)
  }

  #fail(id: RequestId | null, error: RpcError): void {
    this.#options.write(JSON.stringify({ jsonrpc: '2.0', id, error }))
  }
}
