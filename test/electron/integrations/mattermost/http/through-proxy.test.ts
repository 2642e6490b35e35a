import https from 'node:https'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { createSecureContext } from 'node:tls'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { MattermostClient } from '../../../../../electron/integrations/mattermost/http/client.ts'
import { Exchanger } from '../../../../../electron/integrations/mattermost/http/exchange.ts'
import { route } from '../../../../../electron/integrations/mattermost/http/route.ts'
import { TunnelAgent } from '../../../../../electron/integrations/mattermost/http/tunnel-agent.ts'
import { until } from '../../../../support/broker/until.ts'

const SECRET = 't0psecret'
const context = createSecureContext()

let proxy: Server
let heard: string
let open: Set<Socket>
let answer: (socket: Socket) => unknown
beforeEach(async () => {
  heard = ''
  open = new Set()
  proxy = createServer(socket => {
    open.add(socket)
    socket.on('error', () => undefined)
    socket.once('close', () => open.delete(socket))
    socket.on('data', piece => {
      heard += piece.toString('latin1')
    })
    socket.once('data', () => answer(socket))
  })
  await new Promise<void>(resolve => proxy.listen(0, '127.0.0.1', resolve))
})
afterEach(async () => {
  for (const socket of open) socket.destroy()
  await new Promise(resolve => proxy.close(resolve))
})

const proxyUrl = () => new URL(`http://me:p%40ss@127.0.0.1:${(proxy.address() as AddressInfo).port}`)

async function post() {
  const client = new MattermostClient({
    server: { base: 'https://chat.example.org', label: 'chat.example.org' },
    token: SECRET,
    exchanger: new Exchanger({ context, proxy: proxyUrl() }),
    behindProxy: true,
    random: () => 0,
  })
  try {
    return await client.write(route`/posts`, { body: {}, signal: new AbortController().signal })
  } finally {
    client.close()
  }
}

const made = JSON.stringify({ id: 'e'.repeat(26), message: 'made up', status_code: 403 })
const reply = (line: string, body = '') => `HTTP/1.1 ${line}\r\nContent-Length: ${body.length}\r\n\r\n${body}`

describe('a proxy that makes no connection', () => {
  it.each<[what: string, answer: string, words: RegExp]>([
    ['wants a password', reply('407 Sign in'), /^The proxy before chat.example.org wants a user/],
    ['refuses', reply('403 No', made), /^The proxy before chat.example.org does not let .* through/],
    ['makes up a result', reply('201 Created', made), /or the proxy before it, broke the rules of HTTP/],
    ['makes up a result after 200', `${reply('200 OK')}${reply('200 OK', made)}`, /broke the rules/],
    ['cannot connect', reply('502 Bad', '<html>'), /^The proxy before chat.example.org could not connect/],
    ['ends without a word', '', /or the proxy before it, broke off/],
    ['never stops its headers', `HTTP/1.1 200 OK\r\nx: ${'x'.repeat(40_000)}`, /broke the rules of HTTP/],
    ['is none', 'SSH-2.0-x\r\n\r\n', /broke the rules of HTTP/],
  ])('and %s: the post was not sent, and the proxy is named', async (_, text, words) => {
    answer = socket => socket.end(text)
    expect(await post()).toMatchObject({
      kind: 'not-done',
      error: { code: 'network', message: expect.stringMatching(words) },
    })
    expect(heard).toContain('CONNECT chat.example.org:443 HTTP/1.1\r\n')
    expect(heard).toContain(`Basic ${Buffer.from('me:p@ss').toString('base64')}`)
    expect(heard).not.toContain(SECRET)
  })

  it.each<[string, string]>([
    ['never answers', ''],
    ['connects to something without TLS', 'HTTP/1.1 200 OK\r\n\r\n'],
  ])('and %s is given up in time, and no connection stays open', async (_, text) => {
    answer = socket => socket.write(text)
    const agent = new TunnelAgent(proxyUrl(), { secureContext: context, connectMs: 40 })
    const error = await new Promise(resolve => {
      https.get('https://chat.example.org', { agent }).on('error', resolve)
    })
    expect(error).toMatchObject({ code: 'CONNECT_DEADLINE' })
    await until('nothing is open', () => open.size === 0)
  })
})
