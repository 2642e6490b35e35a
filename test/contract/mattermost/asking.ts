import { type RawReply, send } from './raw-http.ts'
import type { PersonName, Workspace } from './workspace.ts'

export type Answer = RawReply & {
  /** The JSON of the body; throws if it is none. */
  json: () => Record<string, unknown>
  list: () => Record<string, unknown>[]
  /** The id of the error. */
  errorId: () => string
  header: (name: string) => string | undefined
}

export type Ask = (path: string, options?: AskOptions) => Promise<Answer>
export type AskOptions = {
  as?: PersonName
  method?: string
  body?: unknown
  headers?: Record<string, string>
}

/** Asks a workspace as alice, unless told otherwise; paths are below `/api/v4`. */
export function asker(workspace: () => Workspace): Ask {
  return async (path, options = {}) => {
    const { url, token } = workspace()
    const { origin, pathname } = new URL(url)
    const { body } = options
    const reply = await send(origin, {
      method: options.method ?? (body === undefined ? 'GET' : 'POST'),
      path: `${pathname.replace(/\/$/, '')}/api/v4${path}`,
      headers: { authorization: `Bearer ${token(options.as ?? 'alice')}`, ...options.headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    return answer(reply)
  }
}

export function answer(reply: RawReply): Answer {
  const json = (): Record<string, unknown> => JSON.parse(reply.text)
  return {
    ...reply,
    json,
    list: () => JSON.parse(reply.text),
    errorId: () => String(json().id),
    header: name => reply.headers.get(name)?.[0],
  }
}
