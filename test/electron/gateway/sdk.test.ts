import { SUPPORTED_PROTOCOL_VERSIONS } from '@modelcontextprotocol/sdk/types.js'
import { describe, expect, it } from 'vitest'
import { instructions } from '../../../electron/gateway/instructions.ts'
import { startServer } from '../../../electron/gateway/sdk.ts'
import { serverInfo } from '../../../electron/gateway/server-info.ts'
import type { WireMessage } from '../../../electron/gateway/stdio/client-session.ts'
import { listedTool } from '../../../electron/gateway/tool-list.ts'
import { catalogue } from '../../../electron/integrations/catalogue.ts'
import type { WritePolicy } from '../../../shared/policy/write-policy.ts'
import { startRaw, startReady } from '../../support/mcp/raw-client.ts'

/** What the SDK's own server answers, in this process, to `initialize` and then to a request. */
async function sdkAnswers(
  write: WritePolicy,
  name: string,
  protocolVersion: string,
): Promise<{ initialize: string; toolsList: string }> {
  const tools = catalogue.flatMap(integration =>
    integration.functions
      .filter(({ access }) => access === 'read' || write !== 'deny')
      .map(definition => listedTool(integration, definition)),
  )
  const answers = new Map<unknown, (message: WireMessage) => void>()
  const server = startServer(
    {
      info: serverInfo(name),
      instructions: instructions(write),
      tools: () => tools,
      callTool: () => Promise.reject(new Error('not called')),
    },
    message => answers.get(message.id)?.(message),
  )
  const ask = async (id: number, method: string, params: object): Promise<string> => {
    const answer = new Promise<WireMessage>(resolve => answers.set(id, resolve))
    server.receive({ jsonrpc: '2.0', id, method, params })
    return JSON.stringify((await answer).result)
  }
  const clientInfo = { name: 'raw', version: '1' }
  const initialize = await ask(1, 'initialize', { protocolVersion, capabilities: {}, clientInfo })
  const toolsList = await ask(2, 'tools/list', {})
  server.close()
  return { initialize, toolsList }
}

function bytes(line: { text: string; id?: unknown }): string {
  return line.text.slice(`{"jsonrpc":"2.0","id":${JSON.stringify(line.id)},"result":`.length, -1)
}

describe('the answers made by the build are the ones of the SDK’s server, byte for byte', () => {
  it.each([...SUPPORTED_PROTOCOL_VERSIONS, '1999-01-01', '2026-07-28', ''])(
    'initialize of version %j',
    async protocolVersion => {
      const client = startRaw()
      const clientInfo = { name: 'raw', version: '1' }
      const answer = await client.request('initialize', { protocolVersion, capabilities: {}, clientInfo })
      expect(bytes(answer)).toBe((await sdkAnswers('deny', 'kosmo', protocolVersion)).initialize)
    },
  )

  it.each(['deny', 'ask', 'allow'] as const)('initialize and tools/list under %s', async write => {
    const client = startRaw({ write })
    const hello = await client.handshake()
    const list = await client.request('tools/list', {})
    const expected = await sdkAnswers(write, 'kosmo', '2025-06-18')
    expect(bytes(hello)).toBe(expected.initialize)
    expect(bytes(list)).toBe(expected.toolsList)
  })

  it('initialize with a name of its own', async () => {
    const args = ['mcp:serve', '--integration=mattermost', '--name=team.chat_2']
    const client = startRaw({ args })
    const answer = await client.handshake()
    expect(bytes(answer)).toBe((await sdkAnswers('deny', 'team.chat_2', '2025-06-18')).initialize)
  })
})

describe('progress', () => {
  /** The notifications of a call that reports three times. */
  async function reportThrice(meta: object | undefined): Promise<unknown[]> {
    const sent: WireMessage[] = []
    const answered = Promise.withResolvers<void>()
    const server = startServer(
      {
        info: serverInfo('x'),
        instructions: '',
        tools: () => [],
        async callTool({ progress }) {
          for (const message of ['one', 'two', 'three']) progress(message)
          return { content: [] }
        },
      },
      message => {
        sent.push(message)
        if (message.id === 2) answered.resolve()
      },
    )
    const clientInfo = { name: 'raw', version: '1' }
    const params = { protocolVersion: '2025-06-18', capabilities: {}, clientInfo }
    server.receive({ jsonrpc: '2.0', id: 1, method: 'initialize', params })
    const call = { name: 'y', arguments: {}, ...(meta && { _meta: meta }) }
    server.receive({ jsonrpc: '2.0', id: 2, method: 'tools/call', params: call })
    await answered.promise
    server.close()
    return sent.filter(({ method }) => method === 'notifications/progress').map(({ params }) => params)
  }

  it.each([[0], ['token'], ['']])(
    'increases, under the token %j that the client gave',
    async progressToken => {
      expect(await reportThrice({ progressToken })).toEqual([
        { progressToken, progress: 1, message: 'one' },
        { progressToken, progress: 2, message: 'two' },
        { progressToken, progress: 3, message: 'three' },
      ])
    },
  )

  it.each([[undefined], [{}], [{ other: 1 }]])('is not told to a client that gave %j', async meta => {
    expect(await reportThrice(meta)).toEqual([])
  })
})

describe('the tools', () => {
  it('carry all four hints, truthful for reads and writes', async () => {
    const answer = await (await startReady({ write: 'ask' })).request('tools/list')
    const { tools } = answer.result as {
      tools: { name: string; annotations: Record<string, boolean>; inputSchema: Record<string, unknown> }[]
    }
    for (const { name, annotations, inputSchema } of tools) {
      const reads = !name.endsWith('create_post')
      expect(annotations, name).toEqual({
        readOnlyHint: reads,
        destructiveHint: false,
        idempotentHint: reads,
        openWorldHint: true,
      })
      expect(inputSchema, name).toMatchObject({ type: 'object', additionalProperties: false })
      expect(name).toMatch(/^[A-Za-z0-9_.-]{1,128}$/)
    }
  })
})
