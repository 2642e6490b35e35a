import { version } from '../../package.json'
import { parseWritePolicy, type WritePolicy } from '../../shared/policy/write-policy.ts'
import type { ClientHello, ServeOptions } from '../../shared/protocol/hello.ts'
import { MAX_CLIENT_LINE_BYTES, PROTOCOL } from '../../shared/protocol/version.ts'
import { cleanLine } from '../../shared/text/clean.ts'
import { ellipsis } from '../../shared/text/shorten.ts'
import type { AnswerText, WireMessage } from '../gateway/stdio/client-session.ts'
import type { ClientHandshake } from '../gateway/stdio/handshake.ts'
import {
  INTERNAL_ERROR,
  INVALID_PARAMS,
  isObject,
  type Params,
  parseMessage,
  type RpcMessage,
} from '../gateway/stdio/json-rpc.ts'
import type { BrokerTrouble } from './broker-trouble.ts'

/*
 * Our side of `shared/protocol/hello.ts`, read by hand: the schemas there need zod, which takes longer to load than
 * all of the bridge.
 */

/** The process that says hello. */
export type Surroundings = {
  pid: number
  /** The process that started it. */
  parent: number
  /** The folder that it works in. */
  workspace: string
  variables: Record<string, string | undefined>
}

export type ReadWelcome = { kind: 'welcome'; write: WritePolicy } | { kind: 'no'; trouble: BrokerTrouble }

/** A line of the broker after its welcome: MCP, or something for the bridge itself. */
export type BrokerLine = RpcMessage | { kind: 'write'; write: WritePolicy }

/** The client will send nothing more. A named pipe has no half that could be closed to say so. */
export const END_OF_INPUT = '{"jsonrpc":"2.0","method":"kosmo/endOfInput"}'

/** Methods of this kind are between bridge and broker; no client sees them. */
const OWN = 'kosmo/'

const ACCOUNT = ['MATTERMOST_URL', 'MATTERMOST_ACCESS_TOKEN']
const PASSED_ON =
  /^(MATTERMOST_\w+|(HTTPS?|NO|ALL)_PROXY|(https?|no|all)_proxy|NODE_EXTRA_CA_CERTS|SSL_CERT_FILE)$/

/** The first line to the broker. */
export function helloLine(options: ServeOptions, handshake: ClientHandshake, from: Surroundings): string {
  const { name, version: clientVersion } = handshake.clientInfo
  const variables = accountVariables(from.variables)
  const hello: ClientHello = {
    kosmo: 'hello',
    protocol: PROTOCOL,
    version,
    as: 'client',
    pid: from.pid,
    parent: from.parent,
    workspace: from.workspace,
    options,
    client: {
      name,
      version: clientVersion,
      form: handshake.capabilities.elicitation !== undefined,
    },
    ...(variables && { variables }),
  }
  return JSON.stringify(hello)
}

/** The account that the environment names whole, with all that limits it or leads to it; else nothing at all. */
function accountVariables(variables: Record<string, string | undefined>): Record<string, string> | undefined {
  if (!ACCOUNT.every(name => variables[name]?.trim())) return undefined
  const passed = Object.entries(variables).flatMap(([name, value]) =>
    value !== undefined && PASSED_ON.test(name) ? [[name, value] as const] : [],
  )
  return Object.fromEntries(passed)
}

/**
 * A client's message as a line for its gateway; undefined where a gateway could not read it: few bytes may take many more
 * when they are written anew, and what is nested deeply can be read but not written.
 */
export function clientLine(message: WireMessage): string | undefined {
  try {
    const line = JSON.stringify(message)
    return Buffer.byteLength(line) > MAX_CLIENT_LINE_BYTES ? undefined : line
  } catch {
    return undefined
  }
}

/** What a gateway gets in the place of an answer that there is no line for. */
export function unwritable(id: unknown): string {
  const error = { code: INTERNAL_ERROR, message: 'the answer is too long or nested too deeply' }
  return JSON.stringify({ jsonrpc: '2.0', id, error })
}

/** Reads the broker's first line. Whatever is not a welcome of our protocol is a no. */
export function readWelcome(line: string): ReadWelcome {
  const value = parseObject(line)
  if (value?.kosmo === 'refused' && typeof value.message === 'string') {
    return { kind: 'no', trouble: { kind: 'refused', message: ellipsis(cleanLine(value.message), 1_000) } }
  }
  if (value?.kosmo !== 'welcome') return { kind: 'no', trouble: { kind: 'garbage' } }
  if (value.protocol !== PROTOCOL) return { kind: 'no', trouble: { kind: 'other-protocol' } }
  const write = typeof value.write === 'string' ? parseWritePolicy(value.write) : undefined
  return write === undefined ? { kind: 'no', trouble: { kind: 'garbage' } } : { kind: 'welcome', write }
}

/** How a gateway begins every answer to a call. */
const ANSWER = '{"jsonrpc":"2.0","id":"'
const RESULT = '"result":{'

/** Reads a gateway's answer to a call without reading what it says; undefined where a line is anything else. */
export function readAnswerText(line: string): AnswerText | undefined {
  if (!line.startsWith(ANSWER) || !line.endsWith('}}')) return undefined
  const end = line.indexOf('"', ANSWER.length)
  const id = line.slice(ANSWER.length, end)
  const tail = line.slice(end + 2)
  return /^c\d{1,15}$/.test(id) && line[end + 1] === ',' && tail.startsWith(RESULT) ? { id, tail } : undefined
}

/** Reads any later line of the broker. */
export function readBrokerLine(line: string): BrokerLine {
  const message = parseMessage(line)
  if (message.kind === 'malformed') {
    // Our own lines need no `jsonrpc`.
    const { method, params } = parseObject(line) ?? {}
    return typeof method === 'string' && method.startsWith(OWN) ? ownLine(method, params) : message
  }
  const isOwn =
    (message.kind === 'notification' || message.kind === 'request') && message.method.startsWith(OWN)
  return isOwn ? ownLine(message.method, message.params) : message
}

function ownLine(method: string, params: unknown): BrokerLine {
  // A newer broker may say more than we know.
  if (method !== 'kosmo/write') return { kind: 'nothing' }
  const said = isObject(params) ? params.write : undefined
  const write = typeof said === 'string' ? parseWritePolicy(said) : undefined
  if (write !== undefined) return { kind: 'write', write }
  return { kind: 'malformed', id: null, error: { code: INVALID_PARAMS, message: 'write must be a policy' } }
}

function parseObject(line: string): Params | undefined {
  try {
    const value: unknown = JSON.parse(line)
    return isObject(value) ? value : undefined
  } catch {
    return undefined
  }
}
