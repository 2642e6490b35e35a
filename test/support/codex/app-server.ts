import { z } from 'zod'
import { type CodexSetup, makeCodexHome } from './codex-home.ts'
import { type Elicitation, type ElicitationAnswer, elicitationOf } from './elicitation.ts'
import { type FakeModel, startFakeModel } from './fake-model.ts'
import { installCodex } from './install.ts'
import { type RpcMessage, startRpcProcess } from './json-lines.ts'

/** What can be set about one `codex app-server`. */
export interface AppServerOptions extends Omit<CodexSetup, 'modelUrl'> {
  /** The person: answers each form that Codex puts to its user. Cancels them all when absent. */
  readonly onElicitation?: (form: Elicitation) => ElicitationAnswer | Promise<ElicitationAnswer>
  readonly approvalPolicy?: 'on-request' | 'never'
}

/** One state of an MCP server, from `mcpServerStatus/list`. */
export interface ServerStatus {
  readonly name: string
  readonly serverName: string | undefined
  readonly tools: readonly string[]
}

/** The real `codex app-server`, which is what Codex's desktop app and editor extensions drive. */
export interface AppServer {
  readonly model: FakeModel
  /** All notifications, in order. */
  readonly events: readonly RpcMessage[]
  /** All forms put to the user, in order. */
  readonly elicitations: readonly Elicitation[]
  /** Runs one turn with a script for the fake model, and resolves when the turn is over. */
  turn(prompt: string): Promise<void>
  /** Has Codex call a tool of the server under test without the model, and returns the raw result. */
  callTool(tool: string, args: Readonly<Record<string, unknown>>): Promise<unknown>
  serverStatus(): Promise<ServerStatus[]>
  /** `mcp_servers` as Codex itself reads them from its settings. */
  readServers(): Promise<Record<string, unknown>>
  /** Interrupts the running turn, as a person does with Escape. */
  interrupt(): Promise<void>
  /** Kills Codex as the system does when memory is short: it gets to close nothing. */
  kill(): Promise<void>
  /** Ends Codex and all it started; returns the command lines of what outlived it. */
  close(): Promise<string[]>
}

/** Starts `codex app-server` with one MCP server, in a world of its own. */
export async function startAppServer(options: AppServerOptions): Promise<AppServer> {
  const binary = await installCodex(options.version)
  const model = await startFakeModel()
  const home = await makeCodexHome({ ...options, modelUrl: model.url })
  const events: RpcMessage[] = []
  const elicitations: Elicitation[] = []
  const turnEnds: (() => void)[] = []
  const codex = startRpcProcess(binary, ['app-server'], { cwd: home.workspace, env: home.env }, message => {
    if (message.id !== undefined) return void answerRequest(message.id, message)
    events.push(message)
    if (message.method === 'turn/completed') turnEnds.shift()?.()
  })

  async function answerRequest(id: string | number, message: RpcMessage): Promise<void> {
    const form = elicitationOf(message)
    if (!form) return codex.respond(id, { decision: 'cancel' })
    elicitations.push(form)
    const answer = (await options.onElicitation?.(form)) ?? { action: 'cancel' }
    codex.respond(id, { content: null, _meta: null, ...answer })
  }

  async function close(): Promise<string[]> {
    await codex.end()
    const leftovers = await home.close()
    await model.close()
    return leftovers
  }

  try {
    await codex.request('initialize', { clientInfo: { name: 'kosmokrator-test', version: '0' } })
    codex.notify('initialized')
    const opened = await codex.request('thread/start', {
      cwd: home.workspace,
      approvalPolicy: options.approvalPolicy ?? 'on-request',
      sandbox: 'read-only',
    })
    let turnId = ''
    const threadId = thread.parse(opened).thread.id
    return {
      model,
      events,
      elicitations,
      turn: async text => {
        const over = new Promise<void>(resolve => turnEnds.push(resolve))
        const input = [{ type: 'text', text, text_elements: [] }]
        turnId = started.parse(await codex.request('turn/start', { threadId, input })).turn.id
        await Promise.race([over, codex.ended])
      },
      interrupt: async () => {
        await codex.request('turn/interrupt', { threadId, turnId })
      },
      kill: () => codex.end('SIGKILL'),
      callTool: (tool, args) =>
        codex.request('mcpServer/tool/call', {
          threadId,
          server: options.server.name,
          tool,
          arguments: args,
        }),
      serverStatus: async () => statuses(await codex.request('mcpServerStatus/list', {})),
      readServers: async () => settings.parse(await codex.request('config/read', {})).config.mcp_servers,
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

const thread = z.looseObject({ thread: z.looseObject({ id: z.string() }) })

const started = z.looseObject({ turn: z.looseObject({ id: z.string() }) })

const settings = z.looseObject({
  config: z.looseObject({ mcp_servers: z.record(z.string(), z.unknown()) }),
})

const statusList = z.looseObject({
  data: z.array(
    z.looseObject({
      name: z.string(),
      serverInfo: z.looseObject({ name: z.string() }).nullish(),
      tools: z.record(z.string(), z.unknown()).nullish(),
    }),
  ),
})

function statuses(reply: unknown): ServerStatus[] {
  return statusList.parse(reply).data.map(status => ({
    name: status.name,
    serverName: status.serverInfo?.name,
    tools: Object.keys(status.tools ?? {}),
  }))
}
