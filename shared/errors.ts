/** Every way in which a call can fail, as the word that appears in the answer to the model. */
export const ERROR_CODES = [
  'invalid_input',
  'ambiguous',
  'not_found',
  'not_configured',
  'unauthorized',
  'forbidden',
  'refused',
  'rate_limited',
  'unavailable',
  'network',
  'tls',
  'timeout',
  'bad_response',
  'unknown_outcome',
  'cancelled',
  'unreachable',
  'audit_failed',
  'internal',
] as const

export type ErrorCode = (typeof ERROR_CODES)[number]

/** Facts of an HTTP answer that help to find the cause on the server; nothing in here is secret. */
export type ErrorFacts = {
  /** HTTP status. */
  status?: number | undefined
  /** The server's own error id, e.g. `app.channel.get.existing.app_error`. */
  serverError?: string | undefined
  /** The server's request id: an administrator finds the request in its log by it. */
  requestId?: string | undefined
}

/**
 * A failure that is told to the person and the model as it stands.
 *
 * `message` is one or two sentences that we wrote: what failed, why, what to do next. Text from elsewhere may
 * stand in it only cleaned, quoted and labelled.
 */
export class KosmoError extends Error {
  readonly code: ErrorCode
  readonly facts: ErrorFacts

  constructor(code: ErrorCode, message: string, facts: ErrorFacts = {}) {
    super(message)
    this.name = 'KosmoError'
    this.code = code
    this.facts = facts
  }
}

/** The line that a model gets for a failure: `ERROR: <sentences> [code, HTTP status, server's id, request id]`. */
export function errorLine(error: KosmoError): string {
  const { status, serverError, requestId } = error.facts
  const facts = [
    error.code,
    status === undefined ? undefined : `HTTP ${status}`,
    serverError,
    requestId === undefined ? undefined : `request ${requestId}`,
  ]
  return `ERROR: ${error.message} [${facts.filter(fact => fact !== undefined).join(', ')}]`
}

/** A line of `errorLine` in its parts; undefined where it is none. */
export function readErrorLine(line: string): { message: string; facts: string[] } | undefined {
  const [, message, facts] = /^ERROR: (.*) \[([^[\]]*)\]$/s.exec(line) ?? []
  return message === undefined || facts === undefined ? undefined : { message, facts: facts.split(', ') }
}
