import { execFileSync } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import tls from 'node:tls'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { secureContext } from '../../../../../electron/integrations/mattermost/http/authorities.ts'
import { connectMattermost } from '../../../../../electron/integrations/mattermost/service.ts'
import { KosmoError } from '../../../../../shared/errors.ts'
import { makeEnvironment } from '../../../../support/tools/environment.ts'

let folder: string
const file = (name: string, text?: string) => {
  const path = join(folder, name)
  if (text !== undefined) writeFileSync(path, text)
  return path
}
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'kosmo-authorities-'))
  const subject = ['-x509', '-newkey', 'rsa:2048', '-days', '2', '-subj', '/CN=client']
  const made = ['-keyout', file('locked.key'), '-out', file('client.crt'), '-passout', 'pass:opensesame']
  execFileSync('openssl', ['req', ...subject, ...made], { stdio: 'ignore' })
  execFileSync(
    'openssl',
    ['rsa', '-in', file('locked.key'), '-passin', 'pass:opensesame', '-out', file('open.key')],
    {
      stdio: 'ignore',
    },
  )
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  file('other.key', privateKey.export({ type: 'pkcs8', format: 'pem' }).toString())
  file('authority.crt', tls.rootCertificates[0])
  file('garbage.pem', 'sesame\u0000\u001b[31m')
  file('bundle.crt', `A comment\n${tls.rootCertificates.slice(0, 3).join('\n\n')}\n`)
  file(
    'half.crt',
    `${tls.rootCertificates[0]}\n-----BEGIN CERTIFICATE-----\nsesame\n-----END CERTIFICATE-----\n`,
  )
  file('cut.crt', readFileSync(file('client.crt'), 'utf8').slice(0, 300))
  file('both.pem', readFileSync(file('open.key'), 'utf8') + readFileSync(file('client.crt'), 'utf8'))
  file('hollow.crt', '-----BEGIN CERTIFICATE-----\nsesame\n-----END CERTIFICATE-----\n')
  file('hollow.key', '-----BEGIN PRIVATE KEY-----\nsesame\n-----END PRIVATE KEY-----\n')
  file('empty.pem', '')
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const CA = 'MATTERMOST_CA_FILE'
const CERT = 'MATTERMOST_CLIENT_CERT'
const KEY = 'MATTERMOST_CLIENT_KEY'
const PASSPHRASE = 'MATTERMOST_CLIENT_KEY_PASSPHRASE'

/** Variables whose values are names of files here. */
const files = (names: Record<string, string>) =>
  Object.fromEntries(Object.entries(names).map(([variable, name]) => [variable, file(name)]))

function refusal(variables: Record<string, string>): string {
  try {
    secureContext(variables)
  } catch (error) {
    if (!(error instanceof KosmoError)) throw error
    expect(error.code).toBe('not_configured')
    expect(error.message).not.toMatch(/sesame|BEGIN|wrong-one/)
    return error.message
  }
  throw new Error('it was taken')
}

describe('the authorities', () => {
  it.each([
    ['nothing', {}],
    ['empty variables', { [CA]: '', [CERT]: '', [KEY]: '', NODE_EXTRA_CA_CERTS: '' }],
  ])('need no files (%s)', (_, variables) => {
    expect(secureContext(variables)).toBeDefined()
  })

  it('may have more of them, a certificate and its key, locked or not', () => {
    for (const names of [
      { [CA]: 'authority.crt' },
      { [CA]: 'bundle.crt' },
      { [CERT]: 'client.crt', [KEY]: 'open.key' },
      { [CERT]: 'both.pem', [KEY]: 'both.pem' },
      { NODE_EXTRA_CA_CERTS: 'authority.crt' },
    ]) {
      expect(secureContext(files(names))).toBeDefined()
    }
    const locked = files({ [CERT]: 'client.crt', [KEY]: 'locked.key' })
    expect(secureContext({ ...locked, [PASSPHRASE]: 'opensesame' })).toBeDefined()
  })

  it.each([CA, CERT, KEY])(
    'that %s names are refused where they cannot be read, by variable and path',
    variable => {
      const names = { [CERT]: 'client.crt', [KEY]: 'open.key', [variable]: 'missing.pem' }
      const message = refusal(files(names))
      expect(message).toMatch(new RegExp(`^${variable} cannot be read: `))
      expect(message).toContain('missing.pem')
      expect(refusal({ ...files(names), [variable]: folder })).toContain(`${variable} cannot be read`)
    },
  )

  it.each([
    [CA, 'garbage.pem'],
    [CA, 'empty.pem'],
    [CA, 'open.key'],
    [CERT, 'garbage.pem'],
    [CERT, 'open.key'],
    [KEY, 'garbage.pem'],
    [KEY, 'client.crt'],
  ])('of %s are refused where the file is %s', (variable, name) => {
    const message = refusal(files({ [CERT]: 'client.crt', [KEY]: 'open.key', [variable]: name }))
    expect(message).toMatch(new RegExp(`^${variable} holds no PEM (certificate|private key): `))
  })

  it.each([
    [CA, 'hollow.crt'],
    [CA, 'half.crt'],
    [CA, 'cut.crt'],
    [CERT, 'hollow.crt'],
    [KEY, 'hollow.key'],
  ])('of %s are refused where PEM frames something else or is cut (%s)', (variable, name) => {
    const message = refusal(files({ [CERT]: 'client.crt', [KEY]: 'open.key', [variable]: name }))
    expect(message).toContain(variable)
  })

  it.each([
    ['a certificate without its key', { [CERT]: 'client.crt' }],
    ['a key without its certificate', { [KEY]: 'open.key' }],
  ])('are refused with %s', (_, names) => {
    expect(refusal(files(names))).toMatch(/MATTERMOST_CLIENT_CERT and MATTERMOST_CLIENT_KEY go together/)
  })

  it.each([
    ['the key of another certificate', 'other.key', undefined],
    ['a locked key without a passphrase', 'locked.key', undefined],
    ['a locked key with the wrong one', 'locked.key', 'wrong-one'],
  ])('are refused with %s', (_, key, passphrase) => {
    const variables = files({ [CERT]: 'client.crt', [KEY]: key })
    const message = refusal({ ...variables, ...(passphrase !== undefined && { [PASSPHRASE]: passphrase }) })
    expect(message).toMatch(/MATTERMOST_CLIENT_KEY do not belong together, or the passphrase is wrong/)
  })

  it('do not fail for what Node itself was told, where that cannot be read', () => {
    expect(secureContext({ NODE_EXTRA_CA_CERTS: file('missing.pem') })).toBeDefined()
  })

  it('are read for https alone', () => {
    const environment = makeEnvironment({ [CA]: file('missing.pem') })
    const connect = (url: string) => connectMattermost({ url, access_token: 'x'.repeat(26) }, environment)
    expect(() => connect('https://chat.example.org')).toThrow(CA)
    expect(() => connect('http://127.0.0.1:1')).not.toThrow()
    expect(readFileSync(file('client.crt'), 'utf8')).toContain('CERTIFICATE')
  })
})
