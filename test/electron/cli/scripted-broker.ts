import { mkdirSync, mkdtempSync, renameSync } from 'node:fs'
import { createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished } from 'vitest'
import { brokerAddress } from '../../../electron/broker/home.ts'
import { LineSplitter } from '../../../electron/broker/wire/line-splitter.ts'
import { type ClientHello, helloSchema, welcomeSchema } from '../../../shared/protocol/hello.ts'
import { PROTOCOL } from '../../../shared/protocol/version.ts'
import { environment, type RawClient, startRaw } from '../../support/mcp/raw-client.ts'
import type { RpcId } from '../../support/mcp/rpc-line.ts'

type Message = { id?: RpcId; method?: string; params?: Record<string, unknown>; result?: unknown }

export type Script = {
  /** The folder that it listens in; default a new one. */
  home?: string
  /** The first line; undefined = none. Default a welcome with `write`. */
  first?: (hello: ClientHello) => string | undefined
  write?: 'deny' | 'ask' | 'allow'
  /** Leaves calls open instead of answering them. */
  silent?: boolean
}

/** A welcome as the broker gives it. */
export function welcome(write: 'deny' | 'ask' | 'allow' = 'deny', more: object = {}): string {
  const line = { kosmo: 'welcome', protocol: PROTOCOL, version: '9.9.9', pid: process.pid, write }
  return JSON.stringify({ ...welcomeSchema.parse(line), ...more })
}

/** One bridge at a broker, which plays the gateway too: answers a call with its name. */
export class Connection {
  hello: ClientHello | undefined
  /** Every line behind the hello. */
  readonly lines: Message[] = []
  isClosed = false
  readonly socket: Socket
  readonly #script: Script
  #watchers: (() => void)[] = []

  constructor(socket: Socket, script: Script) {
    this.socket = socket
    this.#script = script
    const lines = new LineSplitter(
      8 * 1024 * 1024,
      line => this.#take(JSON.parse(line.toString('utf8'))),
      () => expect.unreachable('a line of the bridge is too long'),
    )
    socket.on('data', chunk => lines.push(chunk)).on('error', () => undefined)
    socket.on('close', () => {
      this.isClosed = true
      this.#look()
    })
  }

  send(...messages: object[]): void {
    for (const message of messages) this.raw(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`)
  }

  raw(bytes: string): void {
    this.socket.write(bytes)
  }

  /** The first line of the bridge that matches. */
  async line(matches: (line: Message) => boolean): Promise<Message> {
    await this.until(() => this.lines.some(matches))
    return this.lines.find(matches) ?? {}
  }

  /** Resolves once that many calls are here, with their ids. */
  async calls(count: number): Promise<RpcId[]> {
    const ids = () => this.lines.flatMap(({ method, id = '' }) => (method === 'tools/call' ? [id] : []))
    await this.until(() => ids().length >= count)
    return ids()
  }

  until(met: () => boolean): Promise<void> {
    return new Promise(resolve => {
      const look = (): void => {
        if (met()) resolve()
        else this.#watchers.push(look)
      }
      look()
    })
  }

  #take(message: Message): void {
    if (this.hello === undefined) {
      const hello = helloSchema.parse(message)
      if (hello.as !== 'client') throw new Error('not a client')
      this.hello = hello
      const first = this.#script.first === undefined ? welcome(this.#script.write) : this.#script.first(hello)
      if (first !== undefined) this.raw(`${first}\n`)
    } else {
      this.lines.push(message)
      if (message.method === 'tools/call' && this.#script.silent !== true) {
        const text = `from the broker: ${message.params?.name}`
        this.send({ id: message.id, result: { content: [{ type: 'text', text }] } })
      }
    }
    this.#look()
  }

  #look(): void {
    const watchers = this.#watchers
    this.#watchers = []
    for (const look of watchers) look()
  }
}

export type ScriptedBroker = {
  home: string
  connections: Connection[]
  /** The nth connection (0 = first) once its hello has come. */
  met(nth?: number): Promise<Connection>
  /** Ends it as a kill would. */
  kill(): Promise<void>
}

/** Starts it for the test that is running. */
export async function openBroker(script: Script = {}): Promise<ScriptedBroker> {
  const home = script.home ?? newHome()
  mkdirSync(join(home, 'run'), { recursive: true, mode: 0o700 })
  const connections: Connection[] = []
  const arrived: (() => void)[] = []
  const server = createServer(socket => {
    connections.push(new Connection(socket, script))
    for (const tell of arrived.splice(0)) tell()
  })
  await new Promise<void>(resolve => server.listen(addressIn(home), resolve))
  const kill = async (): Promise<void> => {
    for (const { socket } of connections) socket.destroy()
    await new Promise<void>(resolve => server.close(() => resolve()))
  }
  onTestFinished(kill)
  return {
    home,
    connections,
    kill,
    async met(nth = 0) {
      while (connections.length <= nth) await new Promise<void>(resolve => arrived.push(resolve))
      const connection = connections[nth]
      if (connection === undefined) throw new Error('no connection')
      await connection.until(() => connection.hello !== undefined)
      return connection
    },
  }
}

/** A folder whose socket file nobody listens on any more. */
export async function staleHome(): Promise<string> {
  const { home, kill } = await openBroker()
  renameSync(addressIn(home), join(home, 'kept'))
  await kill()
  renameSync(join(home, 'kept'), addressIn(home))
  return home
}

export function newHome(): string {
  return mkdtempSync(join(tmpdir(), 'kosmo-home-'))
}

export function addressIn(home: string): string {
  return brokerAddress({ KOSMO_HOME: home }, process.platform)
}

export type StartOptions = {
  home: string
  write?: 'deny' | 'ask' | 'allow'
  account?: { url: string; token: string }
  env?: Record<string, string>
  node?: string
}

/** The built program in the folder of a broker. */
export function startAt({ home, env, account, ...rest }: StartOptions): RawClient {
  return startRaw({
    ...rest,
    ...(account && { account }),
    env: { ...environment(account), KOSMO_HOME: home, ...env },
  })
}

/** The same, through the handshake. */
export async function startReadyAt(options: StartOptions, capabilities: object = {}): Promise<RawClient> {
  const client = startAt(options)
  await client.handshake({ capabilities })
  return client
}
