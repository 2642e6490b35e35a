import { goJson } from './go-json.ts'

export type HeaderList = [name: string, value: string][]

/** What a handler answers, before compression and before any fault. */
export type Reply = {
  status: number
  headers: HeaderList
  body: Buffer
  /** The handler panicked: the connection closes without a reply. */
  hangUp?: boolean
  /** Written in pieces, as the server streams a long channel list. */
  streamed?: boolean
}

export function textReply(status: number, body: string, headers: HeaderList = []): Reply {
  return { status, headers, body: Buffer.from(body) }
}

/** A JSON reply that ends in a line feed, as most of the server's do; `bare` for those that do not. */
export function jsonReply(
  status: number,
  value: unknown,
  options: { bare?: boolean; etag?: string } = {},
): Reply {
  const headers: HeaderList = options.etag === undefined ? [] : [['Etag', options.etag]]
  return textReply(status, goJson(value) + (options.bare === true ? '' : '\n'), headers)
}

export function headerOf(reply: Reply, name: string): string | undefined {
  return reply.headers.find(([known]) => known.toLowerCase() === name.toLowerCase())?.[1]
}

export function setHeader(reply: Reply, name: string, value: string | undefined): void {
  reply.headers = reply.headers.filter(([known]) => known.toLowerCase() !== name.toLowerCase())
  if (value !== undefined) reply.headers.push([name, value])
}
