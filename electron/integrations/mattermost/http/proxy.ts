import type { AxiosProxyConfig } from 'axios'
import { KosmoError } from '../../../../shared/errors.ts'

/**
 * The proxy that `MATTERMOST_PROXY` names, for clients that pass no `HTTPS_PROXY` on; else that of the environment,
 * where it names one.
 *
 * @throws KosmoError `not_configured`, never with the value: it may hold a password
 */
export function proxySetting(
  variables: Record<string, string | undefined>,
): AxiosProxyConfig | 'environment' | undefined {
  const setting = variables.MATTERMOST_PROXY?.trim() ?? ''
  if (setting === '') return mayUseProxy(variables) ? 'environment' : undefined
  const url = URL.canParse(setting) ? new URL(setting) : undefined
  if (url === undefined || (url.protocol !== 'http:' && url.protocol !== 'https:') || url.hostname === '') {
    throw new KosmoError(
      'not_configured',
      'MATTERMOST_PROXY is not the address of a proxy; write it like http://proxy.example.org:3128.',
    )
  }
  const { protocol, hostname, port, username, password } = url
  return {
    protocol,
    host: hostname,
    port: port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port),
    ...(username !== '' && {
      auth: { username: decodeURIComponent(username), password: decodeURIComponent(password) },
    }),
  }
}

const VARIABLES = [
  'MATTERMOST_PROXY',
  'HTTPS_PROXY',
  'https_proxy',
  'ALL_PROXY',
  'all_proxy',
  'HTTP_PROXY',
  'http_proxy',
]

/** Whether a proxy may stand before the server, so that what fails may be it. */
export function mayUseProxy(variables: Record<string, string | undefined>): boolean {
  return VARIABLES.some(name => (variables[name] ?? '') !== '')
}
