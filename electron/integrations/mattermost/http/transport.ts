import type { Agent, ClientRequest } from 'node:http'

/** One request as it goes out. */
export type Outgoing = {
  method: Method
  url: string
  headers: Record<string, string>
  body?: string | undefined
  signal: AbortSignal
  /** For the whole exchange, in milliseconds. */
  deadlineMs: number
  /** Of the decompressed body. */
  maxBytes: number
}

export type Method = 'GET' | 'POST'

/** An answer of whatever status, as it came: its body may be compressed. */
export type Reply = { status: number; headers: object; body: Buffer }

/** Whether anything of a request can have reached the server. */
export type Progress = { sent: boolean }

export type Sending = {
  outgoing: Outgoing
  /** Of the scheme of the server. */
  agent: Agent
  /** Ends the exchange, for the caller or for its deadline. */
  signal: AbortSignal
}

/** Sends one request and gives what came back whole. @throws whatever went wrong, with Node's codes; notes `progress` */
export type Transport = (sending: Sending, progress: Progress) => Promise<Reply>

/** How requests get to a server, over connections that are kept. */
export type Way = { agent: Agent; send: Transport }

export const MAX_HEADER_BYTES = 32_768

/** Until TCP, proxy and TLS stand, in milliseconds. */
export const CONNECT_DEADLINE_MS = 5_000

/** What ends a connection that does not come to stand in time. */
export function connectDeadline(): Error {
  return Object.assign(new Error('connect deadline'), { code: 'CONNECT_DEADLINE' })
}

/** Told where a server changes its protocol: else the socket would be closed and nobody told. */
export function unaskedUpgrade(): Error {
  return Object.assign(new Error('upgrade'), { code: 'UNASKED_UPGRADE' })
}

/** Notes when a request can have reached the server, and ends one that finds no connection in time. */
export function watchSending(request: ClientRequest, progress: Progress): void {
  request.once('socket', socket => {
    if (!socket.connecting) {
      progress.sent = true
      return
    }
    const timer = setTimeout(() => request.destroy(connectDeadline()), CONNECT_DEADLINE_MS)
    const connected = () => {
      clearTimeout(timer)
      progress.sent = true
    }
    socket.once('encrypted' in socket ? 'secureConnect' : 'connect', connected)
    socket.once('close', () => clearTimeout(timer))
  })
}
