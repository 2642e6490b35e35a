import type { Fault } from '../faults.ts'
import { type FaultCase, instead } from './case.ts'

function redirect(status: number, location: string | undefined): Fault {
  return { kind: 'reply', status, headers: location === undefined ? [] : [['Location', location]] }
}

/** Cases 53 to 56: redirects; `elsewhere` is the origin of another server, which must never see the token. */
export function redirectCases(elsewhere: string): FaultCase[] {
  const other = new URL(elsewhere)
  return [
    instead(53, '302 to another host', redirect(302, `${other.origin}/api/v4/users/me`)),
    instead(53, '307 to another host', redirect(307, `${other.origin}/api/v4/posts`)),
    ...[301, 302, 303, 307, 308].map(status =>
      instead(54, `${status} on the same server`, redirect(status, '/api/v4/users/me')),
    ),
    instead(55, '301 to https', redirect(301, `https://${other.host}/api/v4/users/me`)),
    instead(
      56,
      'redirect to itself',
      {
        kind: 'change',
        change: (_, request) => ({
          status: 302,
          headers: [['Location', request.path]],
          body: Buffer.alloc(0),
        }),
      },
      Number.POSITIVE_INFINITY,
    ),
    instead(56, 'redirect without a target', redirect(302, undefined)),
    instead(56, 'redirect to javascript:', redirect(302, 'javascript:alert(1)')),
    instead(56, 'redirect to //evil', redirect(302, '//evil.example/api/v4/users/me')),
  ]
}
