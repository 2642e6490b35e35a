import { createServer as createHttp, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { createServer as createHttps } from 'node:https'
import { FaultLayer } from './faults.ts'
import { idMaker } from './ids.ts'
import { type Listener, listen } from './listen.ts'
import { PendingPosts } from './pending-posts.ts'
import { RateLimiter } from './rate-limit.ts'
import { type LoggedRequest, requestsTo } from './request-log.ts'
import { serve } from './serve.ts'
import { defaultSettings, type Settings } from './settings.ts'
import type { Caches, State } from './state.ts'
import { World } from './world.ts'

export type TestMattermost = {
  /** `http://127.0.0.1:PORT[/subpath]`, without a trailing slash. */
  url: string
  world: World
  /** May be changed at any time. */
  settings: Settings
  /** Every request received, in order. */
  requests: LoggedRequest[]
  requestsTo: (method: string, path: RegExp) => LoggedRequest[]
  faults: FaultLayer
  /** Same port; forgets pending posts and sessions, closes every socket. */
  restart: () => Promise<void>
  /** Closes every socket; resolves when the port is free. */
  close: () => Promise<void>
}

export type StartOptions = {
  /** Such as `/mm`. */
  subpath?: string
  settings?: Partial<Settings>
  world?: World
  /** Default: any free one. */
  port?: number
  tls?: { key: string; cert: string; ca?: string; requestCert?: boolean }
}

/** Starts a Mattermost of our own on the loopback address. */
export async function startMattermost(options: StartOptions = {}): Promise<TestMattermost> {
  const world = options.world ?? new World()
  const settings = defaultSettings(options.settings)
  const faults = new FaultLayer()
  const requests: LoggedRequest[] = []
  const subpath = (options.subpath ?? '').replace(/\/+$/, '')
  const state: State = {
    world,
    settings,
    faults,
    subpath,
    url: '',
    newRequestId: idMaker(0x5eed),
    caches: freshCaches(world),
  }
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    serve(state, requests, request, response).catch(error => {
      // A mistake of this server must not look like one of Mattermost's; a client that went away needs no answer.
      if (response.headersSent || request.socket.destroyed) return
      response
        .writeHead(599, { 'content-type': 'text/plain' })
        .end(`test server failed: ${String(error?.stack ?? error)}`)
    })
  }
  const start = (port: number): Promise<Listener> =>
    listen(newServer(options, answer), port, options.tls !== undefined)
  let listener = await start(options.port ?? 0)
  const { port } = listener.address
  state.url = `${options.tls === undefined ? 'http' : 'https'}://127.0.0.1:${port}${subpath}`
  return {
    url: state.url,
    world,
    settings,
    requests,
    requestsTo: (method, path) => requestsTo(requests, method, path),
    faults,
    restart: async () => {
      await listener.close()
      state.caches = freshCaches(world)
      listener = await start(port)
    },
    close: () => listener.close(),
  }
}

function freshCaches(world: World): Caches {
  const now = (): number => world.now()
  return {
    pending: new PendingPosts(now),
    limiter: new RateLimiter(now),
    sessions: new Set(),
    profiles: new Set(),
    emptyChannelTimes: new Map(),
  }
}

function newServer(
  options: StartOptions,
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Server {
  // Go reads a megabyte of headers and waits for a request as long as it takes.
  const limits = { maxHeaderSize: 1 << 20, requestTimeout: 0, headersTimeout: 0, keepAliveTimeoutBuffer: 0 }
  return options.tls === undefined
    ? createHttp(limits, answer)
    : createHttps({ ...limits, ...options.tls }, answer)
}
