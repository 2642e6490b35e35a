import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { gatewayCommand } from '../clients/gateway-command.ts'
import type { Arguments } from './gateway.ts'

export type Account = { url: string; token: string }

type Result = { isError?: boolean; structuredContent?: Record<string, unknown>; content: { text: string }[] }

/** The built gateway as a process of its own, spoken to as clients do. */
export type KosmoProcess = {
  pid: number
  /** What the tool answers; undefined where the process ended before. */
  createPost: (args: Arguments) => Promise<Result | undefined>
  /** Ends it as nothing can be told that it ends, and waits for that. */
  killNine: () => Promise<void>
}

/** Starts a gateway that posts without asking, and waits until it has listed its tools. */
export async function startKosmo(account: Account, home: string): Promise<KosmoProcess> {
  const { command, args, env } = gatewayCommand('allow', account)
  const child = spawn(command, args, {
    env: { ...env, KOSMO_HOME: home, HOME: home, USERPROFILE: home },
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  const exited = once(child, 'exit')
  const waiting = new Map<number, (result: Result | undefined) => void>()
  createInterface({ input: child.stdout }).on('line', line => {
    const { id, result } = JSON.parse(line) as { id?: number; result?: Result }
    if (id !== undefined) waiting.get(id)?.(result)
  })
  child.on('exit', () => {
    for (const end of waiting.values()) end(undefined)
  })
  let last = 0
  const request = (method: string, params: object): Promise<Result | undefined> => {
    const id = ++last
    const answer = Promise.withResolvers<Result | undefined>()
    waiting.set(id, answer.resolve)
    send(child, { jsonrpc: '2.0', id, method, params })
    return answer.promise
  }
  const clientInfo = { name: 'kill-nine', version: '1' }
  await request('initialize', { protocolVersion: '2025-11-25', capabilities: {}, clientInfo })
  send(child, { jsonrpc: '2.0', method: 'notifications/initialized' })
  // Once its tools are listed it makes its first connection and looks for leftovers.
  await request('tools/list', {})
  return {
    pid: child.pid ?? 0,
    createPost: given =>
      request('tools/call', { name: 'integration__mattermost__create_post', arguments: given }),
    async killNine() {
      child.kill('SIGKILL')
      await exited
    },
  }
}

function send(child: ChildProcess, message: object): void {
  child.stdin?.write(`${JSON.stringify(message)}\n`)
}

/** `kosmo journal`, as a person calls it. */
export function kosmoJournal(home: string, ...flags: string[]): { exitCode: number | null; stdout: string } {
  const { command, args } = gatewayCommand('deny', { url: '', token: '' })
  const cli = args[0] ?? ''
  const run = spawnSync(command, [cli, 'journal', ...flags], { env: { KOSMO_HOME: home }, encoding: 'utf8' })
  return { exitCode: run.status, stdout: run.stdout }
}
