import { INVALID_PARAMS, isObject, type Params, type RpcError } from './json-rpc.ts'

export type ReadToolCall = { kind: 'call'; params: Params } | { kind: 'refused'; error: RpcError }

/** Reads the params of `tools/call`: `name`, `arguments` and `_meta`, everything else left out. */
export function readToolCall(params: Params | undefined): ReadToolCall {
  const { name, arguments: args = {}, _meta: meta } = params ?? {}
  if (typeof name !== 'string') return refused('name must be the name of a tool')
  if (!isObject(args)) return refused('arguments must be an object')
  if (meta !== undefined && !isObject(meta)) return refused('_meta must be an object')
  return { kind: 'call', params: { name, arguments: args, ...(meta && { _meta: cleanMeta(meta) }) } }
}

/** Only what we use of `_meta`: one member that the SDK does not like would make it drop the call without an answer. */
function cleanMeta({ progressToken, callId, threadId }: Params): Params {
  const usable = typeof progressToken === 'string' || Number.isSafeInteger(progressToken)
  return {
    ...(usable && { progressToken }),
    ...(typeof callId === 'string' && { callId }),
    ...(typeof threadId === 'string' && { threadId }),
  }
}

function refused(message: string): ReadToolCall {
  return { kind: 'refused', error: { code: INVALID_PARAMS, message: `Invalid tools/call: ${message}` } }
}
