/** Why a request got no usable answer; `sentence` continues "The Mattermost server at <host> …". */
export type TransportFault = {
  kind: 'cancelled' | 'deadline' | 'unreachable' | 'broken' | 'tls' | 'bad-body' | 'too-large' | 'refused'
  sentence: string
  /** What a proxy answered that did not connect: then `sentence` continues "The proxy before <host> …". */
  proxyStatus?: number
}

const UNREACHABLE: Record<string, string> = {
  ECONNREFUSED: 'refused the connection: is it running, and is the port right?',
  ENOTFOUND: 'was not found: its name has no address (DNS). Check the URL and the network.',
  EAI_AGAIN: 'was not found: the name service did not answer (DNS). Check the network.',
  EHOSTUNREACH: 'cannot be reached: no route to it. Check the network or VPN.',
  ENETUNREACH: 'cannot be reached: no network. Check the network or VPN.',
  EADDRNOTAVAIL: 'cannot be reached from this machine. Check the URL and the network.',
  ETIMEDOUT: 'did not take the connection in time. Check the network or VPN.',
  CONNECT_DEADLINE: 'did not take the connection within 5 seconds. Check the network or VPN.',
}

const CLIENT_CERTIFICATE =
  'wants a client certificate. Give it as PEM files in MATTERMOST_CLIENT_CERT and MATTERMOST_CLIENT_KEY.'

const TLS: Record<string, string> = {
  DEPTH_ZERO_SELF_SIGNED_CERT:
    'shows a certificate that it signed itself. Give its authority as a PEM file in MATTERMOST_CA_FILE.',
  SELF_SIGNED_CERT_IN_CHAIN:
    'shows a certificate of an authority that this machine does not know. Give that authority as a PEM file in MATTERMOST_CA_FILE.',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    'does not send the certificate between its own and its authority. Have it sent, or give the authority as a PEM file in MATTERMOST_CA_FILE.',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    'shows a certificate of an authority that this machine does not know. Give that authority as a PEM file in MATTERMOST_CA_FILE.',
  CERT_HAS_EXPIRED:
    "shows a certificate that has expired. Check the server's certificate and this machine's clock.",
  CERT_NOT_YET_VALID: "shows a certificate that is not valid yet. Check this machine's clock.",
  ERR_TLS_CERT_ALTNAME_INVALID: 'shows a certificate for another host. Check the URL.',
  ERR_SSL_WRONG_VERSION_NUMBER:
    'does not speak https on that port: scheme and port do not fit. Check the URL.',
  ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED: CLIENT_CERTIFICATE,
  ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE: CLIENT_CERTIFICATE,
  ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE: CLIENT_CERTIFICATE,
  EPROTO: 'and this machine found no common TLS version. The server needs TLS 1.2 or newer.',
}

/**
 * Names what went wrong below HTTP, from error codes alone: messages of exceptions may hold the token.
 *
 * @param stood whether there was a connection, with TLS where it has any
 */
export function explainTransportFault(error: unknown, deadlineMs: number, stood: boolean): TransportFault {
  if (error === 'cancelled')
    return { kind: 'cancelled', sentence: 'was not waited for: the call was cancelled.' }
  if (error === 'deadline') {
    return { kind: 'deadline', sentence: `did not answer within ${Math.round(deadlineMs / 1000)} seconds.` }
  }
  const codes = codesOf(error)
  // Newer Nodes give this one a general code and say what it is in words alone.
  if (codes.includes('EPROTO') && messageOf(error).includes('wrong version number')) {
    return { kind: 'tls', sentence: TLS.ERR_SSL_WRONG_VERSION_NUMBER ?? '' }
  }
  for (const code of codes) {
    if (code === 'PROXY_REFUSED') return noTunnel(error)
    if (code in UNREACHABLE) return { kind: 'unreachable', sentence: UNREACHABLE[code] ?? '' }
    const untrusted = handshakeFault(code)
    // With TLS 1.3 a server asks for the client's certificate when all else stands.
    if (untrusted !== undefined && (!stood || untrusted === CLIENT_CERTIFICATE)) {
      return { kind: 'tls', sentence: untrusted }
    }
    if (code === 'UNASKED_ENCODING') {
      return { kind: 'bad-body', sentence: 'answered in an encoding that nobody asked for.' }
    }
    if (code === 'UNASKED_UPGRADE') {
      return { kind: 'bad-body', sentence: 'changed to a protocol that nobody asked for.' }
    }
    if (code === 'ERR_BUFFER_TOO_LARGE') return TOO_LARGE
    if (code === 'Z_BUF_ERROR')
      return { kind: 'broken', sentence: 'sent a compressed answer that was cut off.' }
    if (code.startsWith('Z_'))
      return { kind: 'bad-body', sentence: 'sent a compressed answer that is damaged.' }
    if (code.startsWith('HPE_')) return { kind: 'broken', sentence: `broke the rules of HTTP (${code}).` }
  }
  const [code] = codes
  return { kind: 'broken', sentence: `broke off the connection${code === undefined ? '' : ` (${code})`}.` }
}

export const TOO_LARGE: TransportFault = {
  kind: 'too-large',
  sentence: 'sent an answer that is too large to be one.',
}

function handshakeFault(code: string): string | undefined {
  if (code in TLS) return TLS[code]
  return /^(ERR_SSL|ERR_TLS|CERT)_/.test(code)
    ? `could not be trusted: the TLS handshake failed (${code}).`
    : undefined
}

function noTunnel(error: unknown): TransportFault {
  const status = error instanceof Error && 'status' in error ? Number(error.status) : 0
  if (status === 407) {
    const sentence =
      'wants a user and a password. Put them into the address of the proxy (HTTPS_PROXY or MATTERMOST_PROXY).'
    return { kind: 'refused', sentence, proxyStatus: status }
  }
  if (status >= 500) {
    const sentence = 'could not connect to it: is the server running, and is the URL right?'
    return { kind: 'unreachable', sentence, proxyStatus: status }
  }
  const sentence =
    'does not let a connection through. Ask who runs it, or leave the server out of it with NO_PROXY.'
  return { kind: 'refused', sentence, proxyStatus: status }
}

function codesOf(error: unknown): string[] {
  const codes: string[] = []
  let current: unknown = error
  for (let depth = 0; depth < 4 && typeof current === 'object' && current !== null; depth++) {
    if ('errors' in current && Array.isArray(current.errors)) codes.push(...current.errors.flatMap(codesOf))
    if ('code' in current && typeof current.code === 'string' && /^[A-Z0-9_]{1,50}$/.test(current.code)) {
      codes.push(current.code)
    }
    current = 'cause' in current ? current.cause : undefined
  }
  return codes
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : ''
}
