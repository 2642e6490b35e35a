import type { Handler } from '../exchange.ts'

export type Route = {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Below `/api/v4`, with `{name}` for what a handler reads by that name. */
  path: string
  handler: Handler
  /** Default true: 401 without a session. */
  session?: boolean
  /** Default true: 403 for people without MFA where it is required. */
  mfa?: boolean
}

// The server's own classes; what does not match them is no route, so 404 and not 400.
const CLASSES: Record<string, string> = {
  username: '[A-Za-z0-9_.-]+',
  team_name: '[A-Za-z0-9_-]+',
  channel_name: '[A-Za-z0-9_-]+',
  category: '[A-Za-z0-9_]+',
  preference_name: '[A-Za-z0-9_-]+',
}

/** Finds the route of a request; a path that is known with another method is no route either (404, never 405). */
export function routeFinder(routes: readonly Route[]) {
  const compiled = routes.map(route => {
    const pattern = route.path.replace(/\{(\w+)\}/g, (_, name: string) => {
      return `(?<${name}>${CLASSES[name] ?? '[A-Za-z0-9]+'})`
    })
    return { route, pattern: new RegExp(`^/api/v4${pattern}$`) }
  })
  return (method: string, path: string): { route: Route; params: Record<string, string> } | undefined => {
    for (const { route, pattern } of compiled) {
      const match = route.method === method ? pattern.exec(path) : null
      if (match !== null) return { route, params: { ...match.groups } }
    }
    return undefined
  }
}
