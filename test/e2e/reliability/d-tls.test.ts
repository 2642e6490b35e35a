import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Certificate, CertificateMaker, hasOpenssl } from '../../support/certificates/openssl.ts'
import type { StartOptions } from '../../support/mattermost/server.ts'
import { expectError, expectFine, type RigOptions, withRig } from './rig.ts'

type Tls = NonNullable<StartOptions['tls']>

const HOSTS = 'IP:127.0.0.1,DNS:localhost'
const OLD = { from: '20200101000000Z', until: '20200201000000Z' }
const FUTURE = { from: '20400101000000Z', until: '20400201000000Z' }

// Node reads certificates but cannot make them. Debian, macOS and Git for Windows bring an openssl.
const present = hasOpenssl()
if (!present) console.warn('cases 57 and 58 are skipped: they need the command openssl')

describe.skipIf(!present)('D. TLS', { concurrent: true }, () => {
  let maker: CertificateMaker
  let authority: Certificate
  let middle: Certificate
  let good: Certificate
  let viaMiddle: Certificate
  let person: Certificate

  beforeAll(() => {
    maker = new CertificateMaker()
    authority = maker.make({ name: 'authority', authority: true })
    middle = maker.make({ name: 'middle', authority: true, issuer: authority })
    good = maker.make({ name: 'good', hosts: HOSTS, issuer: authority })
    viaMiddle = maker.make({ name: 'via-middle', hosts: HOSTS, issuer: middle })
    person = maker.make({ name: 'person', issuer: authority })
  })
  afterAll(() => maker.remove())

  const env = (more: Record<string, string> = {}) => ({ MATTERMOST_CA_FILE: authority.certFile, ...more })
  const server = (tls: Tls, more: Record<string, string> = env()): RigOptions => ({
    server: { tls },
    env: more,
    warm: false,
  })

  async function refused(options: RigOptions, code: string, ...words: (string | RegExp)[]): Promise<void> {
    await withRig({ ...options, recovers: false }, async rig => {
      const answer = await rig.call('get_current_user')
      expectError(answer, code, new URL(rig.mattermost.url).host, ...words)
      expect(rig.mattermost.requests, 'nothing came through').toEqual([])
    })
  }

  function accepted(options: RigOptions): Promise<void> {
    return withRig(options, async rig => {
      expectFine(await rig.call('get_current_user'), /^username: alice$/m)
    })
  }

  it('case 57: a private authority is trusted by MATTERMOST_CA_FILE', () => accepted(server(good)))

  it('case 57: a private authority is trusted by NODE_EXTRA_CA_CERTS', () =>
    accepted(server(good, { NODE_EXTRA_CA_CERTS: authority.certFile })))

  it('case 57: both name authorities: each counts', () => {
    const other = maker.make({ name: 'other', authority: true })
    return accepted(server(good, env({ NODE_EXTRA_CA_CERTS: other.certFile })))
  })

  it('case 57: an authority that nobody knows', () => refused(server(good, {}), 'tls', 'MATTERMOST_CA_FILE'))

  it('case 57: a certificate that signed itself', () =>
    refused(server(maker.make({ name: 'self', hosts: HOSTS })), 'tls', 'signed itself', 'MATTERMOST_CA_FILE'))

  it('case 57: a certificate that signed itself and is given as an authority is trusted', () => {
    const own = maker.make({ name: 'own', hosts: HOSTS })
    return accepted(server(own, { MATTERMOST_CA_FILE: own.certFile }))
  })

  it('case 57: a certificate that has expired', () =>
    refused(
      server(maker.make({ name: 'old', hosts: HOSTS, issuer: authority, ...OLD })),
      'tls',
      'has expired',
    ))

  it('case 57: a certificate that is not valid yet', () => {
    const future = maker.make({ name: 'future', hosts: HOSTS, issuer: authority, ...FUTURE })
    return refused(server(future), 'tls', 'not valid yet', 'clock')
  })

  it('case 57: a certificate of another host', () => {
    const other = maker.make({ name: 'elsewhere', hosts: 'DNS:elsewhere.example', issuer: authority })
    return refused(server(other), 'tls', 'for another host')
  })

  it('case 57: a server that does not send the certificate in the middle', () =>
    refused(server(viaMiddle), 'tls', 'does not send the certificate between'))

  it('case 57: a server that does send it', () =>
    accepted(server({ key: viaMiddle.key, cert: viaMiddle.cert + middle.cert })))

  it('case 57: a server that speaks only TLS 1.1', () => {
    const old = { ...good, minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' }
    return refused(server(old), 'tls', 'TLS 1.2')
  })

  it("case 57: a server that wants the client's own certificate", () =>
    refused(
      server({ ...good, ca: authority.cert, requestCert: true }),
      'tls',
      /certificate/,
      'MATTERMOST_CLIENT_CERT',
    ))

  it('case 57: a client with its own certificate is let in', () => {
    const files = { MATTERMOST_CLIENT_CERT: person.certFile, MATTERMOST_CLIENT_KEY: person.keyFile }
    return accepted(server({ ...good, ca: authority.cert, requestCert: true }, env(files)))
  })

  it.each<[string, () => Record<string, string>, RegExp]>([
    ['missing', () => ({ MATTERMOST_CA_FILE: '/nowhere/ca.pem' }), /MATTERMOST_CA_FILE cannot be read/],
    [
      'no PEM',
      () => ({ MATTERMOST_CA_FILE: authority.keyFile }),
      /MATTERMOST_CA_FILE holds no PEM certificate/,
    ],
    ['without its key', () => ({ MATTERMOST_CLIENT_CERT: person.certFile }), /go together/],
    [
      'with the key of another',
      () => ({ MATTERMOST_CLIENT_CERT: person.certFile, MATTERMOST_CLIENT_KEY: good.keyFile }),
      /belong together/,
    ],
  ])('case 57: a file for TLS that is %s is named', (_, files, words) =>
    withRig({ ...server(good, files()), recovers: false }, async rig => {
      expectError(await rig.call('get_current_user'), 'not_configured', words)
      expect(rig.mattermost.requests).toEqual([])
    }),
  )

  it('case 58: https to a port that speaks http', () =>
    refused({ warm: false, url: url => url.replace('http:', 'https:') }, 'tls', 'scheme and port'))

  it('case 58: http to a port that speaks https', () =>
    refused(
      { ...server(good), url: url => url.replace('https:', 'http:') },
      '(tls|bad_response)',
      /scheme and port|HTTP request to an HTTPS server/,
    ))
})
