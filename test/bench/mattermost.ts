import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, request as requestOf, type ServerResponse } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import { startMattermost } from '../support/mattermost/server.ts'
import { postsWorld } from './worlds.ts'

// The Mattermost of the bench, in a process of its own so that it takes no time from the client that measures. The
// test server makes each reply once; from then on its bytes come from memory, so that it is not the slowest part.
// Answers every message on its channel with the number of requests that came since the last one.
const { world, token, channel } = postsWorld(60, 300)
const mattermost = await startMattermost({ world })
const [, post] = world.posts.inChannel(channel.id)

type Kept = { status: number; headers: [string, string][]; body: Buffer }
const kept = new Map<string, Promise<Kept>>()
let requests = 0

const listener = (request: IncomingMessage, response: ServerResponse): void => void answer(request, response)
const [keyFile, certFile] = process.argv.slice(2)
const fronts = [createServer(listener)]
if (keyFile !== undefined && certFile !== undefined) {
  fronts.push(createSecureServer({ key: readFileSync(keyFile), cert: readFileSync(certFile) }, listener))
}
const [port, securePort] = await Promise.all(fronts.map(listen))
process.send?.({
  url: `http://127.0.0.1:${port}`,
  token,
  channelId: channel.id,
  postId: post?.id ?? '',
  ...(securePort && { secureUrl: `https://127.0.0.1:${securePort}` }),
})

process.on('message', () => {
  process.send?.(requests)
  requests = 0
})
process.on('disconnect', () => {
  for (const front of fronts) {
    front.close()
    front.closeAllConnections()
  }
  void mattermost.close()
})

function listen(front: (typeof fronts)[number]): Promise<number> {
  return new Promise(resolve => {
    front.listen(0, '127.0.0.1', () => {
      const address = front.address()
      resolve(address !== null && typeof address === 'object' ? address.port : 0)
    })
  })
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  requests++
  const pieces: Buffer[] = []
  for await (const piece of request) pieces.push(piece)
  const body = Buffer.concat(pieces)
  const { method = 'GET', url = '/', headers } = request
  // Each post has an id of its own in its body, which would make each a new one; one reply serves for all.
  const asked = url.endsWith('/posts') ? '' : body.toString()
  const key = `${method} ${url} ${headers['accept-encoding']} ${headers.authorization} ${asked}`
  let reply = kept.get(key)
  if (reply === undefined) {
    reply = fromTestServer(method, url, headers, body)
    kept.set(key, reply)
  }
  const { status, headers: sent, body: bytes } = await reply
  response.writeHead(status, sent.flat()).end(bytes)
}

function fromTestServer(
  method: string,
  url: string,
  headers: IncomingMessage['headers'],
  body: Buffer,
): Promise<Kept> {
  return new Promise((resolve, reject) => {
    const outgoing = requestOf(`${mattermost.url}${url}`, { method, headers }, incoming => {
      const pieces: Buffer[] = []
      incoming.on('data', (piece: Buffer) => pieces.push(piece))
      incoming.on('end', () => {
        const bytes = Buffer.concat(pieces)
        resolve({ status: incoming.statusCode ?? 500, headers: headersOf(incoming, bytes), body: bytes })
      })
    })
    outgoing.on('error', reject)
    outgoing.end(body)
  })
}

function headersOf({ headers }: IncomingMessage, body: Buffer): [string, string][] {
  const copied = Object.entries(headers).filter(
    ([name]) => !/^(connection|transfer-encoding|content-length)$/.test(name),
  )
  return [
    ...copied.map(([name, value]): [string, string] => [name, String(value)]),
    ['content-length', String(body.length)],
  ]
}
