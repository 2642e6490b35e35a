import type { IncomingHttpHeaders } from 'node:http'

export type LoggedRequest = {
  method: string
  /** As it was sent, without the query. */
  path: string
  query: string
  headers: IncomingHttpHeaders
  body: string
  /** What was answered; 0 while nothing was, or when the reply was lost. */
  status: number
  at: number
}

/** The requests with this method whose path matches, in order of arrival. */
export function requestsTo(log: readonly LoggedRequest[], method: string, path: RegExp): LoggedRequest[] {
  return log.filter(request => request.method === method && path.test(request.path))
}
