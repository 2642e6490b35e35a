import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Certificate, CertificateMaker, hasOpenssl } from '../../support/certificates/openssl.ts'
import { type ForwardProxy, type ProxyAnswer, startForwardProxy } from '../../support/proxy/forward-proxy.ts'
import { expectError, expectFine, type Rig, type RigOptions, withRig } from './rig.ts'

const HOST = 'chat.kosmo.invalid'
const PASSWORD = 'pr0xyp4ssw0rd'

type Setup = {
  refuse?: ProxyAnswer
  options?: RigOptions
  env?: (proxy: ForwardProxy) => Record<string, string>
}

const present = hasOpenssl()
if (!present) console.warn('case 59 is skipped: it needs the command openssl')

describe.skipIf(!present)('D. proxy', { concurrent: true }, () => {
  let maker: CertificateMaker
  let server: Certificate

  beforeAll(() => {
    maker = new CertificateMaker()
    server = maker.make({ name: 'server', hosts: `DNS:${HOST}` })
  })
  afterAll(() => maker.remove())

  /** A program that reaches https://chat.kosmo.invalid only through a proxy; no proxy may ever read the token. */
  async function withProxy(
    { refuse, options, env }: Setup,
    test: (rig: Rig, proxy: ForwardProxy) => Promise<void>,
  ): Promise<void> {
    const proxy = await startForwardProxy(refuse)
    const variables = env?.(proxy) ?? { HTTPS_PROXY: proxy.url, HTTP_PROXY: proxy.url }
    try {
      await withRig(
        {
          server: { tls: server },
          url: url => url.replace('127.0.0.1', HOST),
          warm: false,
          recovers: refuse === undefined,
          ...options,
          env: { MATTERMOST_CA_FILE: server.certFile, ...variables },
        },
        async rig => {
          await test(rig, proxy)
          expect(proxy.heard.join('\n')).not.toContain(rig.token)
          expect(proxy.heard.join('\n')).not.toMatch(/authorization: Bearer|"authorization"/i)
          expect(rig.client.stdout + rig.client.stderr).not.toContain(PASSWORD)
        },
      )
    } finally {
      await proxy.close()
    }
  }

  it('case 59: a proxy may be set by a variable of ours, where the client passes no other on', () =>
    withProxy({ env: proxy => ({ MATTERMOST_PROXY: proxy.url }) }, async (rig, proxy) => {
      expectFine(await rig.call('get_current_user'), /^username: alice$/m)
      expect(proxy.heard[0]).toMatch(new RegExp(`^CONNECT ${HOST}:\\d+\\n`))
    }))

  it('case 59: an address of a proxy that is none is refused without its password', () =>
    withProxy(
      { env: () => ({ MATTERMOST_PROXY: `ftp://me:${PASSWORD}@proxy` }), options: { recovers: false } },
      async (rig, proxy) => {
        expectError(
          await rig.call('get_current_user'),
          'not_configured',
          /MATTERMOST_PROXY is not the address/,
        )
        expect(proxy.heard).toEqual([])
      },
    ))

  it('case 59: an https server is reached through the proxy, which reads nothing', () =>
    withProxy({}, async (rig, proxy) => {
      expectFine(await rig.call('get_current_user'), /^username: alice$/m)
      expect(proxy.heard[0]).toMatch(new RegExp(`^CONNECT ${HOST}:\\d+\\n`))
      expect(proxy.heard.filter(line => /^(GET|POST) /.test(line))).toEqual([])
    }))

  it('case 59: in small letters too', () =>
    withProxy({ env: proxy => ({ https_proxy: proxy.url }) }, async (rig, proxy) => {
      expectFine(await rig.call('get_current_user'), /^username: alice$/m)
      expect(proxy.heard.length).toBeGreaterThan(0)
    }))

  it('case 59: user and password in the address of the proxy are for the proxy and never shown', () => {
    const env = (proxy: ForwardProxy) => ({ HTTPS_PROXY: proxy.url.replace('//', `//user:${PASSWORD}@`) })
    return withProxy({ env }, async (rig, proxy) => {
      expectFine(await rig.call('get_current_user'), /^username: alice$/m)
      const given = Buffer.from(`user:${PASSWORD}`).toString('base64')
      expect(proxy.heard[0]).toContain(`Basic ${given}`)
    })
  })

  const refusals: [name: string, refuse: ProxyAnswer, words: RegExp][] = [
    ['407', { status: 407, headers: { 'proxy-authenticate': 'Basic' } }, /proxy.*(407|password|sign)/is],
    ['a page with 403', { status: 403, body: '<html><title>Blocked</title></html>' }, /proxy.*403/is],
    ['502', { status: 502, body: 'no such host' }, /proxy.*502/is],
  ]
  for (const [name, refuse, words] of refusals) {
    it(`case 59: a proxy that answers ${name} is named as the proxy`, () => {
      const env = (proxy: ForwardProxy) => ({ HTTPS_PROXY: proxy.url.replace('//', `//user:${PASSWORD}@`) })
      return withProxy({ refuse, env }, async rig => {
        expectError(await rig.call('get_current_user'), '(network|bad_response|unavailable|refused)', words)
        expect(rig.mattermost.requests).toEqual([])
      })
    })
  }

  it('case 59: what a proxy makes up in the place of the server is never taken for its answer', () => {
    const body = JSON.stringify({ id: 'e'.repeat(26), username: 'evil' })
    return withProxy({ refuse: { status: 201, body } }, async rig => {
      const answer = await rig.call('get_current_user')
      expectError(answer, 'network', 'or the proxy before it, broke the rules of HTTP')
      expect(rig.mattermost.requests).toEqual([])
    })
  })

  it('case 59: a connection through the proxy is kept for the next requests', () =>
    withProxy({}, async (rig, proxy) => {
      await rig.call('get_current_user')
      await rig.call('list_teams')
      const before = proxy.heard.filter(line => line.startsWith('CONNECT')).length
      for (let nth = 0; nth < 3; nth++) expectFine(await rig.call('get_current_user'))
      expect(proxy.heard.filter(line => line.startsWith('CONNECT')).length).toBe(before)
    }))

  it('case 59: a proxy that is not there is named as the proxy', () =>
    withProxy(
      { env: () => ({ HTTPS_PROXY: 'http://127.0.0.1:9' }), options: { recovers: false } },
      async rig => {
        expectError(await rig.call('get_current_user'), 'network', /proxy/i)
      },
    ))

  it('case 59: NO_PROXY is respected', () =>
    withProxy(
      {
        env: proxy => ({ HTTPS_PROXY: proxy.url, NO_PROXY: `other.example,${HOST}` }),
        options: { recovers: false },
      },
      async (rig, proxy) => {
        expectError(await rig.call('get_current_user'), 'network', HOST, 'was not found')
        expect(proxy.heard).toEqual([])
      },
    ))

  it('case 59: what is on this machine is never reached through a proxy', () =>
    withProxy(
      {
        env: proxy => ({
          HTTPS_PROXY: proxy.url,
          HTTP_PROXY: proxy.url,
          ALL_PROXY: proxy.url,
          http_proxy: proxy.url,
        }),
        options: { server: {}, url: url => url },
      },
      async (rig, proxy) => {
        expectFine(await rig.call('get_current_user'), /^username: alice$/m)
        expect(proxy.heard).toEqual([])
      },
    ))
})
