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

/** A progress token of a wrong type would make the SDK refuse the whole call; without one the call still works. */
function cleanMeta(meta: Params): Params {
  const { progressToken, ...others } = meta
  const usable = typeof progressToken === 'string' || Number.isSafeInteger(progressToken)
  return usable ? { ...others, progressToken } : others
}

function refused(message: string): ReadToolCall {
  return { kind: 'refused', error: { code: INVALID_PARAMS, message: `Invalid tools/call: ${message}` } }
}
