import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished } from 'vitest'
import { builtProgram, SECRET } from './program.ts'
import { type RpcId, type RpcLine, readRpcLine } from './rpc-line.ts'

export type RawOptions = {
  /** Everything after `kosmo.cjs`; default `mcp:serve --integration=mattermost` with `write`. */
  args?: string[]
  write?: 'deny' | 'ask' | 'allow'
  account?: { url: string; token: string }
  /** The whole environment; default a home directory, a path and the account. */
  env?: Record<string, string>
  /** The Node to run on; default the one that runs the tests. */
  node?: string
  cwd?: string
  /** Leaves stderr unread, as some clients do. */
  ignoreStderr?: boolean
}

export type Ending = { code: number | null; signal: NodeJS.Signals | null }

type Waiter = { matches: (line: RpcLine) => boolean; resolve: (line: RpcLine) => void; from: number }

/**
 * The built program as a child, spoken to in bytes.
 *
 * Whatever it writes to stdout must be JSON-RPC, one object a line, and no token may show anywhere: both are checked
 * when the test is finished, and the child is killed then.
 */
export class RawClient {
  /** Everything that came, in order. */
  readonly received: RpcLine[] = []
  readonly exit: Promise<Ending>
  stderr = ''
  readonly child: ChildProcessWithoutNullStreams
  readonly #secrets: string[]
  #waiters: Waiter[] = []
  #pieces: string[] = []
  #raw = ''
  #impure: string[] = []
  #lastId = 0

  constructor(options: RawOptions = {}) {
    const token = options.account?.token ?? SECRET
    this.#secrets = [token, SECRET]
    const { write = 'deny', args = ['mcp:serve', '--integration=mattermost', `--write=${write}`] } = options
    const env = options.env ?? environment(options.account)
    this.child = spawn(options.node ?? process.execPath, [builtProgram(), ...args], {
      cwd: options.cwd ?? tmpdir(),
      env,
      stdio: ['pipe', 'pipe', 'pipe'],
    })
    this.child.stdin.on('error', () => undefined)
    this.child.stdout.on('error', () => undefined)
    this.child.stdout.setEncoding('utf8').on('data', (text: string) => this.#take(text))
    if (options.ignoreStderr !== true) {
      this.child.stderr.setEncoding('utf8').on('data', (text: string) => {
        this.stderr += text
      })
    }
    this.exit = new Promise(resolve => {
      this.child.once('exit', (code, signal) => {
        // Whoever never reads stderr would else keep `close` from coming.
        if (options.ignoreStderr === true) this.child.stderr.destroy()
        this.child.once('close', () => resolve({ code, signal }))
      })
    })
  }

  /** The process id. */
  get pid(): number {
    return this.child.pid ?? 0
  }

  /** Everything that came on stdout, as it came. */
  get stdout(): string {
    return this.#raw + this.#pieces.join('')
  }

  /** Writes bytes as they are. */
  write(bytes: string | Buffer): void {
    this.child.stdin.write(bytes)
  }

  /** Writes messages, each on its line, in one write. */
  send(...messages: unknown[]): void {
    this.write(messages.map(message => `${JSON.stringify(message)}\n`).join(''))
  }

  /** Sends a request and gives its answer. */
  async request(method: string, params?: unknown, id: RpcId = this.newId()): Promise<RpcLine> {
    const from = this.received.length
    this.send({ jsonrpc: '2.0', id, method, ...(params !== undefined && { params }) })
    return this.reply(id, from)
  }

  /** Sends bytes and gives the first answer to come that has this id. */
  async answerTo(bytes: string | Buffer, id: RpcId | null): Promise<RpcLine> {
    const from = this.received.length
    this.write(bytes)
    return this.reply(id, from)
  }

  /** The first answer with this id, from the given place in `received` on. */
  reply(id: RpcId | null, from = 0): Promise<RpcLine> {
    return this.wait(line => line.method === undefined && line.id === id, from)
  }

  /** The first request or notification of the server with this method. */
  fromServer(method: string, from = 0): Promise<RpcLine> {
    return this.wait(line => line.method === method, from)
  }

  /** The first message to come that matches. @throws when the program ends before it comes */
  wait(matches: (line: RpcLine) => boolean, from = 0): Promise<RpcLine> {
    const known = this.received.slice(from).find(matches)
    if (known !== undefined) return Promise.resolve(known)
    const arrival = new Promise<RpcLine>(resolve => this.#waiters.push({ matches, resolve, from }))
    const ended = this.exit.then(({ code, signal }): never => {
      throw new Error(`The program ended (${code ?? signal}) before it answered. stderr: ${this.stderr}`)
    })
    return Promise.race([arrival, ended])
  }

  /** Everything that came up to the answer to a ping sent now: what is not in there was not answered. */
  async settled(from = 0): Promise<RpcLine[]> {
    const id = this.newId()
    await this.request('ping', undefined, id)
    return this.received.slice(from).filter(line => line.id !== id)
  }

  /** `initialize` and `notifications/initialized`; gives the answer. */
  async handshake(more: { capabilities?: object; clientInfo?: object } = {}): Promise<RpcLine> {
    const params = {
      protocolVersion: '2025-06-18',
      capabilities: {},
      clientInfo: { name: 'raw', version: '1' },
    }
    const answer = await this.request('initialize', { ...params, ...more })
    this.send({ jsonrpc: '2.0', method: 'notifications/initialized' })
    return answer
  }

  /** Calls a tool by its short name, e.g. `create_post`. */
  callTool(name: string, args: unknown = {}, id?: RpcId): Promise<RpcLine> {
    return this.request('tools/call', { name: toolName(name), arguments: args }, id)
  }

  /** Sends a call of a tool without waiting for its answer. */
  sendCall(name: string, args: unknown = {}, id: RpcId = this.newId()): void {
    const params = { name: toolName(name), arguments: args }
    this.send({ jsonrpc: '2.0', id, method: 'tools/call', params })
  }

  /** Sends `notifications/cancelled`. */
  cancel(requestId: RpcId): void {
    this.send({ jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId } })
  }

  /** Ends its stdin. */
  endInput(): void {
    this.child.stdin.end()
  }

  /** The most megabytes of memory it ever had resident, and the processor time it has used, in clock ticks. */
  usage(): { peak: number; ticks: number } {
    const status = readFileSync(`/proc/${this.pid}/status`, 'utf8')
    const peak = Number(/VmHWM:\s+(\d+)/.exec(status)?.[1]) / 1024
    const [user = 0, system = 0] = readFileSync(`/proc/${this.pid}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ')
      .slice(11, 13)
      .map(Number)
    return { peak, ticks: user + system }
  }

  newId(): string {
    return `own-${++this.#lastId}`
  }

  /** Kills the child and checks what it wrote. */
  async finish(): Promise<void> {
    this.child.kill('SIGKILL')
    this.child.stdout.resume()
    await this.exit
    expect(this.#impure, 'stdout holds nothing but JSON-RPC').toEqual([])
    for (const secret of this.#secrets) {
      expect(this.stdout.includes(secret), 'the token shows on stdout').toBe(false)
      expect(this.stderr.includes(secret), 'the token shows on stderr').toBe(false)
    }
  }

  #take(text: string): void {
    const [head = '', ...tail] = text.split('\n')
    this.#pieces.push(head)
    for (const next of tail) {
      const line = this.#pieces.join('')
      this.#pieces = [next]
      this.#raw += `${line}\n`
      this.#arrive(line)
    }
  }

  #arrive(text: string): void {
    const line = readRpcLine(text)
    if (line === undefined) {
      this.#impure.push(text.slice(0, 200))
      return
    }
    const place = this.received.push(line) - 1
    const met = this.#waiters.filter(waiter => place >= waiter.from && waiter.matches(line))
    this.#waiters = this.#waiters.filter(waiter => !met.includes(waiter))
    for (const waiter of met) waiter.resolve(line)
  }
}

/** Starts the program for the test that is running; it is killed and checked when the test is finished. */
export function startRaw(options: RawOptions = {}): RawClient {
  const client = new RawClient(options)
  onTestFinished(() => client.finish())
  return client
}

/** Starts the program and shakes hands. */
export async function startReady(
  options: RawOptions & { capabilities?: object; clientInfo?: object } = {},
): Promise<RawClient> {
  const { capabilities, clientInfo, ...rest } = options
  const client = startRaw(rest)
  await client.handshake({ ...(capabilities && { capabilities }), ...(clientInfo && { clientInfo }) })
  return client
}

/** The full name of a tool, e.g. of `create_post`. */
export function toolName(name: string): string {
  return name.includes('__') ? name : `integration__mattermost__mattermost_${name}`
}

/** What a client that clears the environment leaves, and an account. */
export function environment(account?: { url: string; token: string }): Record<string, string> {
  return {
    HOME: tmpdir(),
    KOSMO_HOME: mkdtempSync(join(tmpdir(), 'kosmo-home-')),
    PATH: '/usr/bin:/bin',
    // Port 9 is nobody: where no server is wanted, none is found.
    MATTERMOST_URL: account?.url ?? 'http://127.0.0.1:9',
    MATTERMOST_ACCESS_TOKEN: account?.token ?? SECRET,
  }
}
