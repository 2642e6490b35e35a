import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { z } from 'zod'

const message = z.looseObject({
  id: z.union([z.string(), z.number()]).optional(),
  method: z.string().optional(),
  params: z.record(z.string(), z.unknown()).optional(),
  result: z.unknown().optional(),
  error: z.unknown().optional(),
})

/** A JSON-RPC-like message without the `jsonrpc` member, as `codex app-server` speaks it. */
export type RpcMessage = z.infer<typeof message>

/** The far end of a process that exchanges one JSON message per line. */
export interface RpcProcess {
  /** Sends a request and resolves with its result. */
  request(method: string, params: Record<string, unknown>): Promise<unknown>
  notify(method: string): void
  respond(id: string | number, result: unknown): void
  /** Resolves when it has ended. */
  readonly ended: Promise<void>
  /** Closes its stdin, or sends it a signal, waits for it to end and kills it if it does not. */
  end(signal?: NodeJS.Signals): Promise<void>
}

/** Starts a process and hands its requests and notifications to `onMessage`. */
export function startRpcProcess(
  command: string,
  args: readonly string[],
  options: { cwd: string; env: Record<string, string> },
  onMessage: (message: RpcMessage) => void,
): RpcProcess {
  const child = spawn(command, args, { ...options, stdio: 'pipe' })
  const waiting = new Map<string | number, (reply: RpcMessage) => void>()
  const ended = new Promise<void>(resolve => child.on('close', () => resolve()))
  let stderr = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  child.stdin.on('error', () => undefined)
  ended.then(() => {
    for (const settle of waiting.values()) settle({ error: `the process ended. ${stderr.slice(-2000)}` })
  })
  createInterface({ input: child.stdout }).on('line', line => {
    if (!line.startsWith('{')) return
    const received = message.parse(JSON.parse(line))
    const settle = received.id === undefined ? undefined : waiting.get(received.id)
    if (settle && !received.method) settle(received)
    else onMessage(received)
  })
  let lastId = 0
  return {
    request: async (method, params) => {
      if (child.exitCode !== null || child.signalCode !== null) throw new Error(`${method}: it has ended`)
      lastId += 1
      const id = lastId
      const reply = await new Promise<RpcMessage>(resolve => {
        waiting.set(id, resolve)
        write(child, { id, method, params })
      })
      waiting.delete(id)
      if (reply.error !== undefined) throw new Error(`${method}: ${JSON.stringify(reply.error)}`)
      return reply.result
    },
    notify: method => write(child, { method }),
    respond: (id, result) => write(child, { id, result }),
    ended,
    end: signal => endProcess(child, ended, signal),
  }
}

function write(child: ChildProcessWithoutNullStreams, sent: RpcMessage): void {
  child.stdin.write(`${JSON.stringify(sent)}\n`)
}

async function endProcess(
  child: ChildProcessWithoutNullStreams,
  ended: Promise<void>,
  signal: NodeJS.Signals | undefined,
): Promise<void> {
  if (signal) child.kill(signal)
  else child.stdin.end()
  const timer = setTimeout(() => child.kill('SIGKILL'), 5000)
  await ended
  clearTimeout(timer)
}
