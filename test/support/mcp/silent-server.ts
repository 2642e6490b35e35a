import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'
import { SECRET } from './program.ts'

/** A server that takes requests and never answers them, for tests of what a client does while it waits. */
export type SilentServer = {
  account: { url: string; token: string }
  /** Resolves with the given number of requests that wait (1 = the first). */
  waiting(count: number): Promise<void>
  /** Resolves when that many of them have lost their connection. */
  closed(count: number): Promise<void>
  /** How many wait at this moment. */
  open(): number
}

/** Starts it for the test that is running. */
export async function openSilentServer(): Promise<SilentServer> {
  let arrived = 0
  let gone = 0
  let watchers: { met: () => boolean; resolve: () => void }[] = []
  const look = (): void => {
    const met = watchers.filter(watcher => watcher.met())
    watchers = watchers.filter(watcher => !met.includes(watcher))
    for (const { resolve } of met) resolve()
  }
  const until = (met: () => boolean): Promise<void> =>
    new Promise(resolve => {
      watchers.push({ met, resolve })
      look()
    })
  const server = createServer((request: IncomingMessage, response) => {
    // The connection that is opened ahead is no call.
    if (request.url?.endsWith('/system/ping')) {
      response.writeHead(200).end('{}')
      return
    }
    arrived++
    request.socket.once('close', () => {
      gone++
      look()
    })
    look()
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  return {
    account: { url: `http://127.0.0.1:${port}`, token: SECRET },
    waiting: count => until(() => arrived >= count),
    closed: count => until(() => gone >= count),
    open: () => arrived - gone,
  }
}
