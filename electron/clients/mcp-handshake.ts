import * as z from 'zod'
import type { ServerCommand } from '../../shared/clients/server-entry.ts'
import { NoAnswer, startJsonLines } from './json-lines-process.ts'

export type Handshake =
  | { kind: 'met'; server: string; tools: string[] }
  /** `why` goes on with "it …". */
  | { kind: 'failed'; why: string }

export type HandshakeOptions = {
  /** The whole environment that it gets, the entry's own variables included. */
  env: Readonly<Record<string, string | undefined>>
  cwd: string
  withinMs?: number
  /** Called while it runs, after it has listed its tools. */
  whileConnected?(pid: number): Promise<void>
}

/** Clients wait 30 seconds at most. */
const WITHIN_MS = 30_000

const initialized = z.looseObject({ serverInfo: z.looseObject({ name: z.string().max(200) }) })
const toolList = z.looseObject({ tools: z.array(z.looseObject({ name: z.string().max(200) })).max(1_000) })

/** Starts a server as a client does, shakes hands and has it list its tools. */
export async function shakeHands(server: ServerCommand, options: HandshakeOptions): Promise<Handshake> {
  const { env, cwd, withinMs = WITHIN_MS, whileConnected } = options
  const { command, args } = server
  const child = startJsonLines({ command, args, env, cwd, withinMs, envelope: { jsonrpc: '2.0' } })
  try {
    const met = initialized.parse(
      await child.request('initialize', {
        protocolVersion: '2025-06-18',
        capabilities: {},
        clientInfo: { name: 'kosmo-check', version: '1' },
      }),
    )
    child.notify('notifications/initialized')
    const { tools } = toolList.parse(await child.request('tools/list', {}))
    await whileConnected?.(child.pid)
    return { kind: 'met', server: met.serverInfo.name, tools: tools.map(({ name }) => name) }
  } catch (error) {
    if (error instanceof NoAnswer) return { kind: 'failed', why: error.message }
    if (error instanceof z.ZodError) return { kind: 'failed', why: 'it did not answer as an MCP server does' }
    throw error
  } finally {
    await child.end()
  }
}
