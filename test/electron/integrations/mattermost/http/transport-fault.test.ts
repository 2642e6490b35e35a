import { expect, it } from 'vitest'
import { explainTransportFault } from '../../../../../electron/integrations/mattermost/http/transport-fault.ts'

const fault = (code: string, stood: boolean) =>
  explainTransportFault(Object.assign(new Error(code), { code }), 1_000, stood)

it('calls TLS that breaks in the middle a connection that broke off, not one that cannot be trusted', () => {
  const code = 'ERR_SSL_BAD_RECORD_TYPE'
  expect(fault(code, false)).toMatchObject({
    kind: 'tls',
    sentence: expect.stringMatching('handshake failed'),
  })
  expect(fault(code, true)).toEqual({ kind: 'broken', sentence: `broke off the connection (${code}).` })
})

it('knows that a server of TLS 1.3 asks for the certificate of a client when all else stands', () => {
  const { kind, sentence } = fault('ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', true)
  expect(kind).toBe('tls')
  expect(sentence).toMatch(/wants a client certificate/)
})
