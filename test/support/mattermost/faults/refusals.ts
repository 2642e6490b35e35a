import type { Fault } from '../faults.ts'
import { type HeaderList, setHeader } from '../reply.ts'
import { afterwards, errorFault, type FaultCase, instead, jsonFault } from './case.ts'

const FOREVER = Number.POSITIVE_INFINITY
const EXPIRED = 'api.context.session_expired.app_error'
const BAD_GATEWAY = '<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>'

function limited(retryAfter: string | undefined, more: HeaderList = []): Fault {
  const headers: HeaderList = [['Content-Type', 'text/plain; charset=utf-8'], ...more]
  if (retryAfter !== undefined) headers.push(['Retry-After', retryAfter])
  return { kind: 'reply', status: 429, headers, body: 'limit exceeded\n' }
}

function dated(date: string): Fault {
  return {
    kind: 'change',
    change: reply => {
      // An empty date makes the server send none.
      setHeader(reply, 'Date', date)
      return reply
    },
  }
}

/** Cases 61 to 70: refusals, limits and failures in storms. Those of 63 to 65 are also settings or a world. */
export const refusalCases: FaultCase[] = [
  instead(61, '401', errorFault(401, EXPIRED)),
  instead(61, '401 for good', errorFault(401, EXPIRED), FOREVER),
  instead(61, '401 that removes the cookie', {
    kind: 'reply',
    status: 401,
    headers: [
      ['Content-Type', 'application/json'],
      ['Set-Cookie', 'MMAUTHTOKEN=; Path=/; Max-Age=0; HttpOnly'],
    ],
    body: JSON.stringify({ id: EXPIRED, message: 'Invalid or expired session', status_code: 401 }),
  }),
  // Echoes the token that was sent, as developer mode does.
  instead(62, '401 that quotes the token', {
    kind: 'change',
    change: (_, request) => {
      const token = String(request.headers.authorization ?? '').slice('Bearer '.length)
      const told = {
        id: EXPIRED,
        message: 'Invalid or expired session',
        detailed_error: `token=${token}`,
        status_code: 401,
      }
      return {
        status: 401,
        headers: [['Content-Type', 'application/json']],
        body: Buffer.from(JSON.stringify(told)),
      }
    },
  }),
  instead(63, '403 MFA required', errorFault(403, 'api.context.mfa_required.app_error')),
  instead(63, '403 no permission', errorFault(403, 'api.context.permissions.app_error')),
  instead(63, '403 history limit', {
    kind: 'reply',
    status: 403,
    headers: [
      ['Content-Type', 'application/json'],
      ['First-Inaccessible-Post-Time', '1'],
    ],
    body: JSON.stringify({ id: 'app.post.cloud.get.app_error', message: 'limited', status_code: 403 }),
  }),
  instead(
    64,
    'plugin rejection with free text as id',
    errorFault(400, 'Post rejected by plugin. No <b>swearing</b> please'),
  ),
  ...['1', '1, 1', '120', '-5', 'abc', 'Wed, 21 Oct 2099 07:28:00 GMT'].map(value => {
    return instead(66, `429, Retry-After ${value}`, limited(value))
  }),
  instead(66, '429 without Retry-After', limited(undefined)),
  instead(66, '429 with doubled limits', limited('1', [...limitHeaders('2'), ...limitHeaders('2')])),
  instead(66, '429 with an epoch in Reset', limited(undefined, limitHeaders('4102444800'))),
  instead(66, '429 for good', limited('1'), FOREVER),
  instead(66, '429 page of a CDN', {
    kind: 'reply',
    status: 429,
    headers: [['Content-Type', 'text/html']],
    body: '<html><title>Too many requests</title></html>',
  }),
  ...[500, 502, 503, 504].flatMap(status => [
    instead(67, `${status} once`, jsonFault(status, BAD_GATEWAY, 'text/html')),
    afterwards(67, `done, then ${status}`, jsonFault(status, BAD_GATEWAY, 'text/html')),
  ]),
  instead(67, '503 server busy', errorFault(503, 'api.context.server_busy.app_error')),
  instead(67, 'saved, then 500, and the key is forgotten', { kind: 'failAfterSave' }),
  instead(
    68,
    '500 another request is making the same post',
    errorFault(500, 'api.post.deduplicate_create_post.pending'),
  ),
  instead(69, '502 for good', jsonFault(502, BAD_GATEWAY, 'text/html'), FOREVER),
  afterwards(70, 'a clock far ahead', dated(new Date(Date.UTC(2100, 0, 1)).toUTCString())),
  afterwards(70, 'a clock long ago', dated(new Date(0).toUTCString())),
  afterwards(70, 'no clock', dated('')),
]

function limitHeaders(reset: string): HeaderList {
  return [
    ['X-Ratelimit-Limit', '101'],
    ['X-Ratelimit-Remaining', '0'],
    ['X-Ratelimit-Reset', reset],
  ]
}
