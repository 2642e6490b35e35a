import { Server } from '@modelcontextprotocol/sdk/server/index.js'
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js'
import {
  CallToolRequestSchema,
  type CallToolResult,
  type ElicitRequestFormParams,
  ErrorCode,
  type JSONRPCMessage,
  ListToolsRequestSchema,
  McpError,
} from '@modelcontextprotocol/sdk/types.js'
import type { FormSurface } from './form-surface.ts'
import type { GatewayLink, WireMessage } from './stdio/client-session.ts'
import type { ListedTool } from './tool-list.ts'

/*
 * The only file that knows the MCP SDK. Version 1.x is its maintenance line (promised to 2027-01-27 at least): what
 * stands in here is all that a move to another version touches.
 */

export type ServerInfo = { name: string; title: string; version: string }

export type ToolResult = {
  content: { type: 'text'; text: string }[]
  structuredContent?: Record<string, unknown>
  isError?: boolean
}

/** One `tools/call`, as the handler sees it. */
export type ToolCall = {
  name: string
  arguments: Record<string, unknown>
  clientName: string
  /** The client's own id for this call, where it sends one; not proof of anything. */
  callId: string | undefined
  form: FormSurface | undefined
  /** Aborts when the client cancels the call or leaves. */
  signal: AbortSignal
  /** Aborts when the client has ended its input too: it cannot see any more what is done for it. */
  attended: AbortSignal
  /** Tells the client that the call is still at work; does nothing where the client did not ask for it. */
  progress(message: string): void
}

export type ServerOptions = {
  info: ServerInfo
  instructions: string
  /** Made only when asked for: the bridge answers `tools/list` itself. */
  tools(): ListedTool[]
  /** @throws UnknownTool where there is no tool of that name */
  callTool(call: ToolCall): Promise<ToolResult>
}

/** Thrown by `callTool` for a name that no tool has. */
export class UnknownTool extends Error {}

/** Starts the MCP server of one client; messages to the client go to `send`. */
export function startServer(options: ServerOptions, send: (message: WireMessage) => void): GatewayLink {
  const { info, instructions, tools, callTool } = options
  const inputEnded = new AbortController()
  const server = new Server(info, {
    capabilities: { tools: {} },
    instructions,
    // Answers to our one form are checked by value where they are read.
    jsonSchemaValidator: {
      getValidator: () => input => ({ valid: true, data: input as never, errorMessage: undefined }),
    },
  })
  server.setRequestHandler(ListToolsRequestSchema, () => ({ tools: tools() }))
  server.setRequestHandler(CallToolRequestSchema, async (request, extra): Promise<CallToolResult> => {
    const { name, arguments: args = {}, _meta: meta } = request.params
    let progress = 0
    let attended: AbortSignal | undefined
    try {
      return await callTool({
        name,
        arguments: args,
        clientName: server.getClientVersion()?.name ?? 'unknown',
        callId: callIdOf(meta),
        form: formSurface(server),
        signal: extra.signal,
        // Made only where it is asked for: a read has no use for it.
        get attended() {
          attended ??= AbortSignal.any([extra.signal, inputEnded.signal])
          return attended
        },
        progress(message) {
          const progressToken = meta?.progressToken
          if (progressToken === undefined || extra.signal.aborted) return
          const params = { progressToken, progress: ++progress, message }
          extra.sendNotification({ method: 'notifications/progress', params }).catch(() => undefined)
        },
      })
    } catch (error) {
      if (error instanceof UnknownTool) throw new McpError(ErrorCode.InvalidParams, error.message)
      throw error
    }
  })
  return { ...connect(server, send), endOfInput: () => inputEnded.abort() }
}

/** Codex names thread and call; a call that it repeats has the same. */
function callIdOf(meta: Record<string, unknown> | undefined): string | undefined {
  const { callId, threadId } = meta ?? {}
  return typeof callId === 'string' && callId !== ''
    ? JSON.stringify([threadId, callId].map(String))
    : undefined
}

function formSurface(server: Server): FormSurface | undefined {
  if (server.getClientCapabilities()?.elicitation?.form === undefined) return undefined
  return {
    async ask(form, { signal, timeoutMs }) {
      const params: ElicitRequestFormParams = { mode: 'form', ...form }
      const {
        action,
        content,
        _meta: meta,
      } = await server.elicitInput(params, { signal, timeout: timeoutMs })
      return { action, content, meta }
    },
  }
}

function connect(server: Server, send: (message: WireMessage) => void): Omit<GatewayLink, 'endOfInput'> {
  const transport: Transport = {
    async start() {},
    async send(message) {
      send(message as WireMessage)
    },
    async close() {
      transport.onclose?.()
    },
  }
  // Settles at once: our transport has nothing to wait for.
  void server.connect(transport)
  return {
    receive: message => transport.onmessage?.(message as JSONRPCMessage),
    close: () => void server.close(),
  }
}
