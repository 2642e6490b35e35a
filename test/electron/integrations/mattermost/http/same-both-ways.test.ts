import type { AddressInfo, Socket } from 'node:net'
import { createSecureContext, createServer, type SecureContext, type Server } from 'node:tls'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Exchanger } from '../../../../../electron/integrations/mattermost/http/exchange.ts'
import { CertificateMaker, hasOpenssl } from '../../../../support/certificates/openssl.ts'
import { type ForwardProxy, startForwardProxy } from '../../../../support/proxy/forward-proxy.ts'

const BODY = 'x'.repeat(20)
const LENGTH = `Content-Length: ${BODY.length}\r\n\r\n`
const MAX_BYTES = 50

describe.skipIf(!hasOpenssl())('what a server answers is the same straight and through a proxy', () => {
  const maker = new CertificateMaker()
  let server: Server
  let proxy: ForwardProxy
  let context: SecureContext
  let answer: (socket: Socket) => unknown
  beforeAll(async () => {
    const { key, cert } = maker.make({ name: 'both', hosts: 'IP:127.0.0.1' })
    server = createServer({ key, cert }, socket => {
      socket.on('error', () => undefined)
      socket.once('data', () => answer(socket))
    })
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    proxy = await startForwardProxy()
    context = createSecureContext({ ca: cert })
  })
  afterAll(async () => {
    await proxy.close()
    server.close()
    maker.remove()
  })

  const get = (way: Exchanger) =>
    way.exchange({
      method: 'GET',
      url: `https://127.0.0.1:${(server.address() as AddressInfo).port}/api/v4/x?y=%2F`,
      headers: { authorization: 'Bearer t' },
      signal: new AbortController().signal,
      deadlineMs: 20_000,
      maxBytes: MAX_BYTES,
    })

  it.each<[what: string, text: string, expected: object]>([
    ['a whole answer', `HTTP/1.1 418 Tea\r\nX-A: 1\r\n${LENGTH}${BODY}`, { kind: 'answer', status: 418 }],
    ['a redirect', `HTTP/1.1 302 Go\r\nLocation: /y\r\n${LENGTH}${BODY}`, { kind: 'answer', status: 302 }],
    [
      'too much',
      `HTTP/1.1 200 OK\r\nContent-Length: 51\r\n\r\n${'x'.repeat(51)}`,
      { fault: { kind: 'too-large' } },
    ],
    ['half an answer', `HTTP/1.1 200 OK\r\n${LENGTH}half`, { fault: { kind: 'broken' } }],
    ['no HTTP', 'SSH-2.0-x\r\n\r\n', { fault: { kind: 'broken' } }],
    ['nothing', '', { fault: { kind: 'broken' } }],
    [
      'another protocol',
      'HTTP/1.1 101 Now\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n',
      { fault: { kind: 'bad-body' } },
    ],
    [
      'too many headers',
      `HTTP/1.1 200 OK\r\nx: ${'x'.repeat(40_000)}\r\n\r\n`,
      { fault: { kind: 'broken' } },
    ],
  ])('%s', async (_, text, expected) => {
    answer = socket => socket.end(text)
    const ways = [new Exchanger({ context }), new Exchanger({ context, proxy: new URL(proxy.url) })]
    const [straight, proxied] = await Promise.all(ways.map(get))
    for (const way of ways) await way.close()
    expect(straight).toMatchObject(expected)
    expect(proxied).toEqual(straight)
  })
})
