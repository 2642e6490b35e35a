/** The id of a JSON-RPC request, as MCP allows it: text or a whole number. */
export type RequestId = string | number

export type Params = Record<string, unknown>

export type RpcError = { code: number; message: string }

/** A clean message: only the members that JSON-RPC knows, each of the right type. */
export type RpcRequest = { kind: 'request'; id: RequestId; method: string; params: Params | undefined }
export type RpcNotification = { kind: 'notification'; method: string; params: Params | undefined }
export type RpcResponse =
  | { kind: 'response'; id: RequestId; result: Params }
  | { kind: 'response'; id: RequestId; error: RpcError }

/** What cannot be served: answered under `id` where the sender gave a usable one, else under null. */
export type Malformed = { kind: 'malformed'; id: RequestId | null; error: RpcError }

/** A blank line, or something that JSON-RPC says to pass over in silence. */
export type Nothing = { kind: 'nothing' }

export type RpcMessage = RpcRequest | RpcNotification | RpcResponse | Malformed | Nothing

export const PARSE_ERROR = -32700
export const INVALID_REQUEST = -32600
export const METHOD_NOT_FOUND = -32601
export const INVALID_PARAMS = -32602
export const INTERNAL_ERROR = -32603

/**
 * Reads one line of MCP's stdio transport.
 *
 * Never throws: whatever is wrong comes back as `malformed` with the error to answer, because a client that gets no
 * answer waits for its whole timeout. Members that JSON-RPC does not know are left out.
 */
export function parseMessage(line: string): RpcMessage {
  const text = line.charCodeAt(0) === 0xfeff ? line.slice(1) : line
  if (text.trim() === '') return { kind: 'nothing' }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return malformed(null, PARSE_ERROR, 'Parse error: this line is not JSON')
  }
  if (Array.isArray(value)) return malformed(null, INVALID_REQUEST, 'Batches are not supported')
  if (!isObject(value)) return malformed(null, INVALID_REQUEST, 'A message is a JSON object')
  return readObject(value)
}

function readObject(message: Params): RpcMessage {
  const hasId = Object.hasOwn(message, 'id')
  const id = isRequestId(message.id) ? message.id : null
  if (message.jsonrpc !== '2.0') return malformed(id, INVALID_REQUEST, 'jsonrpc must be "2.0"')
  if (message.method === undefined) return readResponse(message, id)
  if (hasId && id === null) {
    return malformed(null, INVALID_REQUEST, 'id must be a string or a whole number')
  }
  if (typeof message.method !== 'string') return malformed(id, INVALID_REQUEST, 'method must be a string')
  const { method, params } = message
  if (params !== undefined && !isObject(params)) {
    return hasId ? malformed(id, INVALID_PARAMS, 'params must be an object') : { kind: 'nothing' }
  }
  if (id === null) return { kind: 'notification', method, params }
  return { kind: 'request', id, method, params }
}

function readResponse(message: Params, id: RequestId | null): RpcMessage {
  const isAnswer = message.error !== undefined || message.result !== undefined
  if (!isAnswer) return malformed(id, INVALID_REQUEST, 'method is missing')
  // To answer an answer would go on for ever between two sides that both do.
  if (id === null) return { kind: 'nothing' }
  // One that says both may say yes and no to a question.
  const isError = message.error !== undefined && message.error !== null
  if (!isError && isObject(message.result)) return { kind: 'response', id, result: message.result }
  return { kind: 'response', id, error: readError(message.error) }
}

/** An error of an odd shape is still one: whoever waits for the answer must hear of it. */
function readError(error: unknown): RpcError {
  const { code, message } = isObject(error) ? error : {}
  return {
    code: Number.isSafeInteger(code) ? Number(code) : INTERNAL_ERROR,
    message: typeof message === 'string' ? message : 'the answer has an odd shape',
  }
}

function malformed(id: RequestId | null, code: number, message: string): Malformed {
  return { kind: 'malformed', id, error: { code, message } }
}

function isRequestId(value: unknown): value is RequestId {
  return typeof value === 'string' || Number.isSafeInteger(value)
}

/** True for a JSON object: not null, not an array. */
export function isObject(value: unknown): value is Params {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
