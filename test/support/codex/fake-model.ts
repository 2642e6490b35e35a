import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type ModelInput, type ModelRequest, parseModelRequest } from './model-request.ts'
import { nextItem } from './model-script.ts'

/** A model provider on 127.0.0.1 that speaks the OpenAI Responses API and keeps what it was asked. */
export interface FakeModel {
  /** Base address for a Codex `model_providers` entry. */
  readonly url: string
  /** Every question put to the model, in order: exactly what a model would have been shown. */
  readonly requests: readonly ModelRequest[]
  /** Hosts that Codex tried to reach besides the model; the suite wants none. */
  readonly outbound: readonly string[]
  close(): Promise<void>
}

/** Starts a model whose answers are scripted by the last user message; see model-script.ts. */
export async function startFakeModel(): Promise<FakeModel> {
  const requests: ModelRequest[] = []
  const outbound: string[] = []
  const server = createServer((request, response) => {
    answer(request, response, requests, outbound).catch(error => {
      response.destroy(error instanceof Error ? error : new Error(String(error)))
    })
  })
  // Codex is told that this server is its proxy too, so a call home is seen here and goes no further.
  server.on('connect', (request, socket) => {
    outbound.push(request.url ?? '')
    socket.end('HTTP/1.1 403 Forbidden\r\n\r\n')
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    outbound,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  requests: ModelRequest[],
  outbound: string[],
): Promise<void> {
  const path = request.url ?? ''
  const body = await readBody(request)
  if (path.startsWith('http://')) outbound.push(path)
  if (request.method !== 'POST' || !path.endsWith('/responses')) {
    response.writeHead(404, { 'content-type': 'application/json' }).end('{"error":{"message":"not here"}}')
    return
  }
  const question = parseModelRequest(body)
  requests.push(question)
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  const id = `resp_${requests.length}`
  const item: ModelInput = nextItem(question, id)
  send(response, { type: 'response.created', response: { id } })
  send(response, { type: 'response.output_item.done', item })
  send(response, { type: 'response.completed', response: { id, usage } })
  response.end()
}

const usage = {
  input_tokens: 10,
  input_tokens_details: { cached_tokens: 0 },
  output_tokens: 5,
  output_tokens_details: { reasoning_tokens: 0 },
  total_tokens: 15,
}

function send(response: ServerResponse, event: { type: string } & Record<string, unknown>): void {
  response.write(`event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`)
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}
