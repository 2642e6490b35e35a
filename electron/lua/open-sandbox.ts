import { type ChildProcess, spawn } from 'node:child_process'
import { dirname } from 'node:path'
import type { Readable, Writable } from 'node:stream'
import { type FromSandbox, fromSandbox, type ToSandbox } from '../../shared/protocol/lua-messages.ts'
import { LineSplitter } from '../broker/wire/line-splitter.ts'
import { makeStopwatch } from './stopwatch.ts'

export type LuaLimits = {
  /** Bytes that a script may use. */
  memory: number
  /** Milliseconds that a script may run; waiting for a call does not count. */
  time: number
}

export type Answered = { kind: 'value'; value: unknown } | { kind: 'failure'; message: string }

/** What a script reaches. Everything in it is the script's word and no more. */
export type LuaHost = {
  /** What it printed, a `print` at a time. */
  output(text: string): void
  call(path: readonly string[], given: Record<string, unknown>): Promise<Answered>
  docs(page: 'list' | 'search' | 'read', about: string): Promise<Answered>
}

export type SandboxOptions = {
  /** The built `lua-sandbox.cjs`. */
  program: string
  limits: LuaLimits
  host: LuaHost
  /** Monotonic milliseconds. */
  now(): number
}

export type LuaEnded = {
  /** `stopped`: by us, and the state that the code left is gone. For the others see the message `done`. */
  how: Extract<FromSandbox, { kind: 'done' }>['how'] | 'stopped'
  /** What the code returned; null where it did not. */
  result: unknown[] | null
  error: string | null
  /** Bytes that Lua uses; null where that is not known any more. */
  memory: number | null
}

/** A process with a Lua of its own. One code after the other. */
export type Sandbox = {
  /** Runs code in the state that earlier code left. Never fails: what goes wrong is in what it gives. */
  run(code: string, name: string): Promise<LuaEnded>
  /** Ends what runs, and the process. */
  close(): void
}

/** What may be printed before it is a fault, in characters. */
const MAX_OUTPUT = 8_000_000

/** More calls than any report makes: a loop that went wrong is not to fill our memory, or a server's day. */
const MAX_CALLS = 10_000

const MEGABYTE = 1024 * 1024
const PAGE = 65_536

/** Of one message, in bytes. */
const MAX_LINE = 64 * MEGABYTE

const NOT_UNDERSTOOD = 'the script was stopped: its process said what is not understood'
const ENDED =
  'the script was stopped: its process ended, most likely because it needed more memory than it may use'
const FAULT: Answered = { kind: 'failure', message: 'KosmoKrator had a fault of its own.' }

/** Starts the process that scripts run in. */
export function openSandbox(options: SandboxOptions): Sandbox {
  const { limits, host, now } = options
  const child = startProcess(options)
  let running: { end(ended: LuaEnded): void; printed: number; calls: number; isCalling: boolean } | undefined
  let lost: string | undefined
  const stopwatch = makeStopwatch(limits.time, now, () =>
    kill(`the script was stopped: it ran for ${limits.time / 1000} seconds, and its limit is that`),
  )
  const kill = (why: string) => {
    lost ??= why
    child.process.kill('SIGKILL')
  }
  const send = (message: ToSandbox) => void child.input.write(`${JSON.stringify(message)}\n`)
  const answerTo = (message: Extract<FromSandbox, { kind: 'docs' | 'call' }>) =>
    message.kind === 'docs'
      ? host.docs(message.page, message.about)
      : host.call(message.path, message.arguments)
  const hear = async (message: FromSandbox) => {
    const current = running
    if (lost !== undefined || current === undefined) return
    // Lua stands still while it waits for an answer.
    if (current.isCalling) return kill(NOT_UNDERSTOOD)
    switch (message.kind) {
      case 'running':
        return stopwatch.start()
      case 'output':
        current.printed += message.text.length + 1
        if (current.printed > MAX_OUTPUT) {
          return kill(
            `the script was stopped: it printed more than ${MAX_OUTPUT / 1_000_000} million characters`,
          )
        }
        return host.output(message.text)
      case 'done': {
        const { how, result, error, memory } = message
        stopwatch.stop()
        return current.end({ how, result, error, memory })
      }
      case 'docs':
      case 'call': {
        if (++current.calls > MAX_CALLS) {
          return kill(`the script was stopped: it called functions more than ${MAX_CALLS} times`)
        }
        stopwatch.stop()
        current.isCalling = true
        const answered = await answerTo(message).catch(() => FAULT)
        current.isCalling = false
        // It may have been stopped meanwhile.
        if (lost !== undefined) return
        send(answered)
        return stopwatch.start()
      }
    }
  }
  const lines = new LineSplitter(
    MAX_LINE,
    line => {
      const message = parse(line)
      if (message === undefined) kill(NOT_UNDERSTOOD)
      else void hear(message)
    },
    () => kill(`the script was stopped: it passed on more than ${MAX_LINE / MEGABYTE} MB at once`),
  )
  child.output.on('data', (chunk: Buffer) => lines.push(chunk))
  child.input.on('error', () => undefined)
  child.process.on('error', () => ended())
  child.process.on('close', () => ended())
  const ended = () => {
    stopwatch.stop()
    lost ??= ENDED
    running?.end({ how: 'stopped', result: null, error: lost, memory: null })
  }
  send({ kind: 'start', memoryLimit: limits.memory })
  return {
    run: (code, name) =>
      new Promise<LuaEnded>(resolve => {
        const end = (result: LuaEnded) => {
          running = undefined
          resolve(result)
        }
        running = { end, printed: 0, calls: 0, isCalling: false }
        if (lost !== undefined) return ended()
        stopwatch.reset()
        send({ kind: 'run', code, name })
      }),
    close: () => kill('the script was stopped'),
  }
}

function parse(line: Buffer): FromSandbox | undefined {
  try {
    return fromSandbox.parse(JSON.parse(line.toString('utf8')))
  } catch {
    return undefined
  }
}

/** Node with every limit that it has: whoever broke out of Lua finds no rights, no environment and no more memory. */
function startProcess({ program, limits }: SandboxOptions): {
  process: ChildProcess
  input: Writable
  output: Readable
} {
  const permission = process.allowedNodeEnvironmentFlags.has('--permission')
    ? '--permission'
    : '--experimental-permission'
  const { SystemRoot } = process.env
  const child = spawn(
    process.execPath,
    [
      permission,
      `--allow-fs-read=${dirname(program)}`,
      '--no-warnings',
      '--disallow-code-generation-from-strings',
      // Beside what Lua has, texts on their way in and out.
      `--max-old-space-size=${64 + Math.ceil((limits.memory * 4) / MEGABYTE)}`,
      // Lua counts its own; this holds where it counts wrongly.
      `--wasm-max-mem-pages=${Math.ceil((16 * MEGABYTE + limits.memory * 2) / PAGE)}`,
      program,
    ],
    {
      env: SystemRoot === undefined ? {} : { SystemRoot },
      stdio: ['pipe', 'pipe', 'ignore'],
      windowsHide: true,
    },
  )
  return { process: child, input: child.stdin, output: child.stdout }
}
