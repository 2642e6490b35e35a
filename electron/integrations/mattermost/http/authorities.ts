import { readFileSync } from 'node:fs'
import type { SecureContext } from 'node:tls'
import { KosmoError } from '../../../../shared/errors.ts'

type Variables = Record<string, string | undefined>

/** Where Linux systems keep the authorities that their administrator trusts. */
const SYSTEM_BUNDLES = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/cert.pem',
]

/**
 * What TLS connections use: Node's authorities, those of the system, those of `MATTERMOST_CA_FILE`, and the client's own
 * certificate where a proxy before the server demands one. Made once: to read the authorities takes a while.
 *
 * @throws KosmoError `not_configured` naming the variable whose file cannot be used
 */
export function secureContext(variables: Variables): SecureContext {
  const tls = process.getBuiltinModule('node:tls')
  const ca = [...tls.rootCertificates, ...systemAuthorities(variables), ...ownAuthorities(variables)]
  const cert = readPem(variables, 'MATTERMOST_CLIENT_CERT', 'CERTIFICATE')
  const key = readPem(variables, 'MATTERMOST_CLIENT_KEY', 'PRIVATE KEY')
  if ((cert === undefined) !== (key === undefined)) {
    throw new KosmoError(
      'not_configured',
      'MATTERMOST_CLIENT_CERT and MATTERMOST_CLIENT_KEY go together; one is missing.',
    )
  }
  const passphrase = variables.MATTERMOST_CLIENT_KEY_PASSPHRASE
  try {
    return tls.createSecureContext({
      ca,
      minVersion: 'TLSv1.2',
      ...(cert !== undefined && key !== undefined && { cert, key }),
      ...(passphrase !== undefined && { passphrase }),
    })
  } catch {
    throw new KosmoError(
      'not_configured',
      'The TLS files cannot be used: MATTERMOST_CA_FILE, or MATTERMOST_CLIENT_CERT and MATTERMOST_CLIENT_KEY do not belong together, or the passphrase is wrong.',
    )
  }
}

function systemAuthorities({ SSL_CERT_FILE }: Variables): string[] {
  // Node 22.15 and newer know the stores of every system.
  const tls = process.getBuiltinModule('node:tls')
  if ('getCACertificates' in tls) return tls.getCACertificates('system')
  for (const file of [SSL_CERT_FILE, ...SYSTEM_BUNDLES]) {
    if (file === undefined || file === '') continue
    try {
      return [readFileSync(file, 'utf8')]
    } catch {
      // Another system keeps them elsewhere.
    }
  }
  return []
}

function ownAuthorities(variables: Variables): string[] {
  const pem = readPem(variables, 'MATTERMOST_CA_FILE', 'CERTIFICATE')
  // Node reads this one itself, but not for a context that names its authorities.
  const extra = variables.NODE_EXTRA_CA_CERTS
  return [pem, extra === undefined || extra === '' ? undefined : readQuietly(extra)].filter(
    given => given !== undefined,
  )
}

function readQuietly(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}

function readPem(variables: Variables, variable: string, what: string): string | undefined {
  const file = variables[variable]
  if (file === undefined || file === '') return undefined
  const pem = readQuietly(file)
  if (pem === undefined) {
    throw new KosmoError(
      'not_configured',
      `${variable} cannot be read: ${file}. Check the path and its rights.`,
    )
  }
  if (!pem.includes(`${what}-----`) || (what === 'CERTIFICATE' && !areCertificates(pem))) {
    throw new KosmoError('not_configured', `${variable} holds no PEM ${what.toLowerCase()}: ${file}.`)
  }
  return pem
}

/** OpenSSL skips over authorities that it cannot read without a word, and every connection fails later. */
function areCertificates(pem: string): boolean {
  const blocks = pem
    .split(/(?=-----BEGIN )/)
    .filter(block => /^-----BEGIN [A-Z0-9 ]*CERTIFICATE-----/.test(block))
  const { X509Certificate } = process.getBuiltinModule('node:crypto')
  try {
    return blocks.map(block => new X509Certificate(block)).length > 0
  } catch {
    return false
  }
}
