import { createServer, type Server } from 'node:http'
import { createServer as createHttps } from 'node:https'
import type { AddressInfo } from 'node:net'
import { createSecureContext } from 'node:tls'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Exchanger } from '../../../../../electron/integrations/mattermost/http/exchange.ts'
import { CertificateMaker, hasOpenssl } from '../../../../support/certificates/openssl.ts'
import { openTown, type Town } from '../../../../support/tools/open-town.ts'
import { dataOf } from '../../../../support/tools/outputs.ts'

let town: Town
let proxy: Server
let seen: string[]
beforeEach(async () => {
  town = await openTown()
  seen = []
  proxy = createServer((request, response) => {
    seen.push(`${request.method} ${request.headers.authorization ?? ''}`)
    response.writeHead(502).end()
  })
  await new Promise<void>(resolve => proxy.listen(0, '127.0.0.1', resolve))
})
afterEach(async () => {
  vi.unstubAllEnvs()
  proxy.closeAllConnections()
  await new Promise(resolve => proxy.close(resolve))
  await town.close()
})

describe('a server on this machine', () => {
  it.each(['HTTP_PROXY', 'http_proxy', 'ALL_PROXY'])(
    'is asked directly: the proxy of %s never sees the token, which plain http would show it',
    async variable => {
      vi.stubEnv(variable, `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`)
      const result = await town.tools.call('get_current_user')
      expect(seen).toEqual([])
      expect(dataOf(result).user.username).toBe('alice')
    },
  )
})

describe.skipIf(!hasOpenssl())('a certificate that nobody knows', () => {
  it('is not trusted, whatever the environment says', async () => {
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0')
    const maker = new CertificateMaker()
    const server = createHttps(maker.make({ name: 'own', hosts: 'IP:127.0.0.1' }), (request, response) => {
      seen.push(`${request.method} ${request.headers.authorization ?? ''}`)
      response.end('{}')
    })
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    const exchanger = new Exchanger({ context: createSecureContext() })
    try {
      const result = await exchanger.exchange({
        method: 'GET',
        url: `https://127.0.0.1:${(server.address() as AddressInfo).port}/`,
        headers: { authorization: 'Bearer x' },
        signal: new AbortController().signal,
        deadlineMs: 5_000,
        maxBytes: 100,
      })
      expect(result).toMatchObject({ kind: 'fault', fault: { kind: 'tls' }, sent: false })
      expect(seen).toEqual([])
    } finally {
      await exchanger.close()
      await new Promise(resolve => server.close(resolve))
      maker.remove()
    }
  })
})
