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

/** What a client says of itself may be megabytes, and is written down with each of its calls. In UTF-16 units. */
const MAX_NAME = 200

/** Reads the params of `initialize`. Missing parts get defaults, parts of a wrong type are refused, long ones cut. */
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
      protocolVersion: protocolVersion.slice(0, MAX_NAME),
      clientInfo: {
        name: name.slice(0, MAX_NAME),
        version: typeof version === 'string' ? version.slice(0, MAX_NAME) : '',
      },
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
