import * as z from 'zod'
import type { ClientSystem } from '../client-system.ts'
import { type JsonLinesProcess, startJsonLines } from '../json-lines-process.ts'
import { refusedSettings } from './codex-words.ts'
import { codexRunEnvironment } from './find-codex.ts'

/** `codex app-server`, as far as we ask it. */
export type CodexServer = {
  /** What it said of settings that it does not use; undefined where it uses them. */
  refused(): string | undefined
  /** `mcp_servers.<name>` as it reads its settings from a folder; undefined where it knows no such server. */
  readServer(name: string, folder: string): Promise<unknown>
  /** Has it start a server and list its tools. `only`: it can be told to start no other. */
  listTools(name: string, only: boolean): Promise<ListedTools>
  end(): Promise<void>
}

export type ListedTools = { kind: 'tools'; tools: string[] } | { kind: 'failed'; why: string }

/** It waits for the server itself, up to our own `startup_timeout_sec`. */
const WITHIN_MS = 45_000

/** What it would fetch over the network as it starts is of no use here. */
const QUIET = [
  'features.plugins=false',
  'features.apps=false',
  'analytics.enabled=false',
  'check_for_update_on_startup=false',
]

const configRead = z.looseObject({
  config: z.looseObject({ mcp_servers: z.record(z.string(), z.unknown()).nullish() }),
})

const statusList = z.looseObject({
  data: z.array(
    z.looseObject({
      name: z.string(),
      tools: z.record(z.string(), z.unknown()).nullish(),
      toolsError: z.string().nullish(),
    }),
  ),
})

/** Starts one for a folder of settings, in a folder that a project's may be in. @throws NoAnswer, ZodError where it is no Codex that we know */
export async function startCodexServer(
  path: string,
  { codexHome, cwd }: { codexHome: string; cwd: string },
  system: ClientSystem,
): Promise<CodexServer> {
  let refused: string | undefined
  const server = startJsonLines({
    command: path,
    args: ['app-server', ...QUIET.flatMap(setting => ['-c', setting])],
    env: { ...codexRunEnvironment(path, system), CODEX_HOME: codexHome },
    cwd,
    envelope: {},
    withinMs: WITHIN_MS,
    onNotification(method, params) {
      if (method === 'configWarning') refused ??= refusedSettings(params)
    },
  })
  try {
    await server.request('initialize', {
      clientInfo: { name: 'kosmokrator', title: 'KosmoKrator', version: '1' },
    })
    server.notify('initialized')
  } catch (error) {
    await server.end()
    throw error
  }
  return { ...questions(server), refused: () => refused, end: () => server.end() }
}

function questions(server: JsonLinesProcess): Pick<CodexServer, 'readServer' | 'listTools'> {
  return {
    async readServer(name, folder) {
      const answer = await server.request('config/read', { includeLayers: false, cwd: folder })
      const servers = configRead.parse(answer).config.mcp_servers ?? {}
      return Object.hasOwn(servers, name) ? servers[name] : undefined
    },
    async listTools(name, only) {
      const asked = { detail: 'toolsAndAuthOnly', ...(only && { serverName: name }) }
      const { data } = statusList.parse(await server.request('mcpServerStatus/list', asked))
      const status = data.find(each => each.name === name)
      if (status === undefined) return { kind: 'failed', why: 'it did not start the server' }
      if (status.toolsError) return { kind: 'failed', why: status.toolsError }
      const tools = Object.keys(status.tools ?? {})
      return tools.length > 0
        ? { kind: 'tools', tools }
        : { kind: 'failed', why: 'the server listed no tools' }
    },
  }
}
