import type { Route } from 'playwright-core'
import { fromChromium, ownScheme, policyForChromium } from './origins.ts'
import { handlerOf, ownSchemes } from './protocol.ts'

/** Statuses whose responses have no body. */
const EMPTY = [101, 204, 205, 304]

/** Answers a request by the app's own handler of its scheme; what has none goes where it went. */
export async function serve(route: Route): Promise<void> {
  const asked = route.request()
  const scheme = ownScheme(asked.url())
  if (scheme === undefined) return route.continue()
  const handler = handlerOf(scheme)
  if (handler === undefined) return route.abort('failed')
  const headers = new Headers()
  for (const [name, value] of Object.entries(asked.headers())) headers.set(name, fromChromium(value))
  const body = asked.postDataBuffer()
  const request = new Request(fromChromium(asked.url()), {
    method: asked.method(),
    headers,
    ...(body !== null && { body: new Uint8Array(body) }),
  })
  let response: Response
  try {
    response = await handler(request)
  } catch (error) {
    process.stderr.write(`protocol.handle failed for ${request.url}: ${String(error)}\n`)
    return route.abort('failed')
  }
  if (response.type === 'error') return route.abort('failed')
  const answer = Object.fromEntries(response.headers)
  const policy = answer['content-security-policy']
  if (policy !== undefined) answer['content-security-policy'] = policyForChromium(policy, ownSchemes())
  // The page may be gone meanwhile.
  await route
    .fulfill({
      status: response.status,
      headers: answer,
      ...(!EMPTY.includes(response.status) && { body: Buffer.from(await response.arrayBuffer()) }),
    })
    .catch(() => undefined)
}
