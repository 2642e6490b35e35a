import { INVALID_PARAMS, isObject, type Params, type RpcError } from './json-rpc.ts'

/** What a client said of itself in `initialize`, reduced to what we use. */
export type ClientHandshake = {
  protocolVersion: string
  clientInfo: { name: string; version: string }
  /** `form` where the client can show a form (an empty `elicitation` means the same in older revisions). */
  capabilities: { elicitation?: { form: Record<string, never> } }
}

export type ReadHandshake =
  | { kind: 'handshake'; client: ClientHandshake }
  | { kind: 'refused'; error: RpcError }

/** Reads the params of `initialize`. Missing parts get defaults, parts of a wrong type are refused. */
export function readHandshake(params: Params | undefined): ReadHandshake {
  const { protocolVersion, capabilities = {}, clientInfo = {} } = params ?? {}
  if (typeof protocolVersion !== 'string') return refused('protocolVersion must be a string')
  if (!isObject(capabilities)) return refused('capabilities must be an object')
  if (!isObject(clientInfo)) return refused('clientInfo must be an object')
  const { name = 'unknown', version = '' } = clientInfo
  if (typeof name !== 'string') return refused('clientInfo.name must be a string')
  return {
    kind: 'handshake',
    client: {
      protocolVersion,
      clientInfo: { name, version: typeof version === 'string' ? version : '' },
      capabilities: offersForms(capabilities.elicitation) ? { elicitation: { form: {} } } : {},
    },
  }
}

function offersForms(elicitation: unknown): boolean {
  return isObject(elicitation) && (isObject(elicitation.form) || Object.keys(elicitation).length === 0)
}

function refused(message: string): ReadHandshake {
  return { kind: 'refused', error: { code: INVALID_PARAMS, message } }
}
