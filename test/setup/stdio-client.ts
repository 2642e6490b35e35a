import { type ChildProcessByStdio, spawn } from 'node:child_process'
import type { Readable, Writable } from 'node:stream'

type Id = string | number

type Message = {
  id?: Id | null
  method?: string
  params?: Record<string, unknown>
  result?: Record<string, unknown>
  error?: { message: string }
}

export type Launch = {
  command: string
  args: readonly string[]
  /** The whole environment. */
  env: Readonly<Record<string, string>>
}

export type ClientOptions = {
  clientInfo?: { name: string; version: string }
  /** Answers the server's forms; offered to the server only where it is given. */
  onForm?: (params: Record<string, unknown>) => Promise<Record<string, unknown>>
}

export type ToolResult = {
  text: string
  structured: unknown
  isError: boolean
}

/** An MCP client on the stdio of a program that it starts, as small as one can be: it checks nothing. */
export class StdioClient {
  readonly #child: ChildProcessByStdio<Writable, Readable, null>
  readonly #options: ClientOptions
  readonly #waiting = new Map<Id, (message: Message) => void>()
  readonly #ended: Promise<void>
  #rest = ''
  #lastId = 0

  constructor(launch: Launch, options: ClientOptions = {}) {
    this.#options = options
    this.#child = spawn(launch.command, launch.args, { env: launch.env, stdio: ['pipe', 'pipe', 'ignore'] })
    this.#child.stdin.on('error', () => undefined)
    this.#child.stdout.setEncoding('utf8').on('data', (text: string) => this.#take(text))
    this.#ended = new Promise(resolve => {
      this.#child.once('close', resolve)
      this.#child.once('error', () => resolve())
    })
    this.#ended.then(() => {
      for (const settle of this.#waiting.values()) settle({ error: { message: 'the program ended' } })
    })
  }

  get pid(): number {
    return this.#child.pid ?? 0
  }

  /** Shakes hands; gives the answer to `initialize`. */
  async initialize(): Promise<Record<string, unknown>> {
    const { onForm, clientInfo = { name: 'kosmo-test', version: '1' } } = this.#options
    const capabilities = onForm === undefined ? {} : { elicitation: { form: {} } }
    const answer = await this.request('initialize', {
      protocolVersion: '2025-11-25',
      capabilities,
      clientInfo,
    })
    this.#send({ method: 'notifications/initialized' })
    return answer
  }

  async request(method: string, params: Record<string, unknown> = {}): Promise<Record<string, unknown>> {
    const id = ++this.#lastId
    const reply = await new Promise<Message>(resolve => {
      this.#waiting.set(id, resolve)
      this.#send({ id, method, params })
    })
    if (reply.result === undefined) throw new Error(`${method}: ${reply.error?.message ?? 'no result'}`)
    return reply.result
  }

  /** Calls one of the Mattermost tools by its last word, e.g. `list_posts`. */
  async call(tool: string, args: Record<string, unknown> = {}): Promise<ToolResult> {
    const name = `integration__mattermost__mattermost_${tool}`
    const result = await this.request('tools/call', { name, arguments: args })
    const content = result.content as { text?: string }[] | undefined
    return {
      text: content?.[0]?.text ?? '',
      structured: result.structuredContent,
      isError: result.isError === true,
    }
  }

  /** Closes stdin and waits for the program to end; gives the milliseconds that this took. */
  async end(): Promise<number> {
    const began = performance.now()
    this.#child.stdin.end()
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), 5_000)
    await this.#ended
    clearTimeout(timer)
    return performance.now() - began
  }

  #send(message: Message): void {
    this.#child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`)
  }

  #take(text: string): void {
    const lines = (this.#rest + text).split('\n')
    this.#rest = lines.pop() ?? ''
    for (const line of lines) if (line !== '') this.#receive(JSON.parse(line) as Message)
  }

  #receive(message: Message): void {
    const { id, method, params = {} } = message
    if (id === undefined || id === null) return
    if (method === undefined) {
      this.#waiting.get(id)?.(message)
      this.#waiting.delete(id)
      return
    }
    const { onForm } = this.#options
    if (method !== 'elicitation/create' || onForm === undefined) return
    void onForm(params).then(result => this.#send({ id, result }))
  }
}

/** Starts a program and gets through the handshake and `tools/list`, as every client does. */
export async function connect(launch: Launch, options: ClientOptions = {}) {
  const client = new StdioClient(launch, options)
  await client.initialize()
  const { tools } = await client.request('tools/list')
  return { client, tools: tools as { name: string }[] }
}
