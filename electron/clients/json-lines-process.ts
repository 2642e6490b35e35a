import { spawn } from 'node:child_process'
import * as z from 'zod'
import { cleanLine } from '../../shared/text/clean.ts'
import { faultCode } from '../broker/fault-code.ts'

/** A process that exchanges one JSON message a line, MCP servers and `codex app-server` among them. */
export type JsonLinesProcess = {
  pid: number
  /** Resolves with the result. @throws Error in words for nobody's eyes where there is none in time */
  request(method: string, params: object): Promise<unknown>
  notify(method: string): void
  /** Closes its stdin and waits; kills it where it stays. */
  end(): Promise<void>
}

export type JsonLinesOptions = {
  command: string
  args: readonly string[]
  env: Readonly<Record<string, string | undefined>>
  cwd: string
  /** Members that every message has. */
  envelope: Readonly<Record<string, string>>
  /** How long an answer may take. */
  withinMs: number
  onNotification?(method: string, params: unknown): void
}

const messageSchema = z.looseObject({
  id: z.union([z.number(), z.string()]).nullish(),
  method: z.string().optional(),
  params: z.unknown().optional(),
  result: z.unknown().optional(),
  error: z.unknown().optional(),
})

/** A line of a server is a list of tools at most. */
const MAX_LINE = 16_000_000

const MAX_STDERR = 20_000

const END_WITHIN_MS = 2_000

/** Why a question got no answer. */
export class NoAnswer extends Error {
  /** The `error` of an answer, as it came; undefined where no answer came. */
  readonly answer: unknown

  constructor(message: string, answer?: unknown) {
    super(message)
    this.name = 'NoAnswer'
    this.answer = answer
  }
}

/** The beginning of what we print of our own failures. */
const OUR_WORDS = /^kosmo: (.+?)\.?$/m

/** Starts such a process. Of what it says on stderr only our own words are told. */
export function startJsonLines(options: JsonLinesOptions): JsonLinesProcess {
  const child = spawn(options.command, [...options.args], {
    env: { ...options.env },
    cwd: options.cwd,
    stdio: ['pipe', 'pipe', 'pipe'],
    windowsHide: true,
  })
  const waiting = new Map<number, { resolve(result: unknown): void; reject(error: NoAnswer): void }>()
  let failure: NoAnswer | undefined
  const fail = (why: string) => {
    failure ??= new NoAnswer(why)
    for (const each of waiting.values()) each.reject(failure)
    waiting.clear()
  }
  const closed = new Promise<void>(resolve => {
    child.once('error', error => {
      fail(`it could not be started (${faultCode(error)})`)
      resolve()
    })
    child.once('close', code => {
      const [, words] = OUR_WORDS.exec(stderr) ?? []
      fail(`it ended (exit code ${code ?? 'none'})${words === undefined ? '' : `: ${cleanLine(words)}`}`)
      resolve()
    })
  })
  child.stdin.on('error', () => undefined)
  let stderr = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    if (stderr.length < MAX_STDERR) stderr += text
  })

  let rest = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const lines = (rest + text).split('\n')
    rest = lines.pop() ?? ''
    if (rest.length > MAX_LINE) child.kill('SIGKILL')
    for (const line of lines) receive(line)
  })

  function receive(line: string): void {
    const message = messageSchema.safeParse(parseJson(line))
    if (!message.success) return
    const { id, method, params, result, error } = message.data
    if (method !== undefined) {
      if (id === undefined || id === null) options.onNotification?.(method, params)
      return
    }
    const asked = typeof id === 'number' ? waiting.get(id) : undefined
    if (asked === undefined) return
    waiting.delete(Number(id))
    if (error === undefined) asked.resolve(result)
    else asked.reject(new NoAnswer('it answered with an error', error))
  }

  const send = (message: object) =>
    void child.stdin.write(`${JSON.stringify({ ...options.envelope, ...message })}\n`)
  let lastId = 0
  return {
    pid: child.pid ?? 0,
    request(method, params) {
      if (failure !== undefined) return Promise.reject(failure)
      lastId += 1
      const id = lastId
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          waiting.delete(id)
          reject(new NoAnswer(`it did not answer within ${Math.round(options.withinMs / 1000)} seconds`))
        }, options.withinMs)
        const settled = <Value>(settle: (value: Value) => void) => {
          return (value: Value) => {
            clearTimeout(timer)
            settle(value)
          }
        }
        waiting.set(id, { resolve: settled(resolve), reject: settled(reject) })
        send({ id, method, params })
      })
    },
    notify: method => send({ method }),
    async end() {
      child.stdin.end()
      const timer = setTimeout(() => {
        child.kill('SIGKILL')
        // What it started may hold its pipes open for ever.
        child.stdout.destroy()
        child.stderr.destroy()
      }, END_WITHIN_MS)
      await closed
      clearTimeout(timer)
    },
  }
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}
