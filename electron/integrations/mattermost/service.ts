import { readFileSync } from 'node:fs'
import tls from 'node:tls'
import { KosmoError } from '../../../shared/errors.ts'
import { readServerUrl } from '../../../shared/mattermost/server-url.ts'
import type { Environment } from '../integration.ts'
import { MattermostClient } from './http/client.ts'
import { Known } from './known.ts'

/** One account of one Mattermost server, with what is remembered between calls. */
export type MattermostService = {
  client: MattermostClient
  known: Known
}

/**
 * Tokens are 26-character ids; session and OAuth tokens may be longer. Printable ASCII without quotes, which are left
 * over from copying; Node's own message would quote a bad one.
 */
const TOKEN = /^[!#-&(-_a-~]{1,512}$/

/** Opens the service for an account; sends nothing. @throws KosmoError naming the field that is wrong */
export function connectMattermost(
  credentials: Record<string, string | undefined>,
  environment: Environment,
): MattermostService {
  const url = credentials.url ?? ''
  const token = (credentials.access_token ?? '').trim().replace(/^Bearer\s+/i, '')
  const read = readServerUrl(url)
  if (read.kind === 'refused') {
    throw new KosmoError('not_configured', `The Mattermost server URL cannot be used: ${read.why}.`)
  }
  if (!TOKEN.test(token)) {
    throw new KosmoError(
      'not_configured',
      'The Mattermost access token has characters that no token has (spaces, quotes or line breaks?). Copy it again.',
    )
  }
  const ca = readAuthorities(environment.variables.MATTERMOST_CA_FILE)
  const client = new MattermostClient({ server: read.server, token, ca, random: environment.random })
  return { client, known: new Known(client) }
}

/** The authorities to trust: those of this machine and the ones in the file; undefined without a file. */
function readAuthorities(file: string | undefined): string[] | undefined {
  if (file === undefined || file === '') return undefined
  let pem: string
  try {
    pem = readFileSync(file, 'utf8')
  } catch {
    throw new KosmoError(
      'not_configured',
      `MATTERMOST_CA_FILE cannot be read: ${file}. Check the path and its rights.`,
    )
  }
  if (!pem.includes('-----BEGIN CERTIFICATE-----')) {
    throw new KosmoError('not_configured', `MATTERMOST_CA_FILE holds no PEM certificate: ${file}.`)
  }
  return [...tls.rootCertificates, pem]
}
