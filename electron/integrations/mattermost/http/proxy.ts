import { KosmoError } from '../../../../shared/errors.ts'
import { isLeftOut } from './left-out.ts'

type Variables = Record<string, string | undefined>

/** As everywhere: small letters go first, and `HTTP_PROXY` is not for https. */
const FROM_ENVIRONMENT = ['https_proxy', 'HTTPS_PROXY', 'all_proxy', 'ALL_PROXY']

/**
 * The proxy that stands before a server of https: that of `MATTERMOST_PROXY`, for clients that pass no `HTTPS_PROXY` on;
 * else that of the environment, where it names one and does not leave this server out.
 *
 * @throws KosmoError `not_configured`, never with the value: it may hold a password
 */
export function proxyBefore(base: string, variables: Variables): URL | undefined {
  const own = given(variables, 'MATTERMOST_PROXY')
  if (own !== '') return read('MATTERMOST_PROXY', own)
  const name = FROM_ENVIRONMENT.find(each => given(variables, each) !== '')
  if (name === undefined) return undefined
  const leftOut = given(variables, 'no_proxy') || given(variables, 'NO_PROXY')
  if (isLeftOut(leftOut, new URL(base))) return undefined
  const address = given(variables, name)
  return read(name, address.includes('://') ? address : `http://${address}`)
}

function given(variables: Variables, name: string): string {
  return variables[name]?.trim() ?? ''
}

function read(variable: string, address: string): URL {
  const url = URL.canParse(address) ? new URL(address) : undefined
  if (url !== undefined && /^https?:$/.test(url.protocol) && url.hostname !== '' && isDecodable(url))
    return url
  throw new KosmoError(
    'not_configured',
    `${variable} is not the address of a proxy that is spoken here; write it like http://proxy.example.org:3128.`,
  )
}

function isDecodable({ username, password }: URL): boolean {
  try {
    return decodeURIComponent(username + password) !== undefined
  } catch {
    return false
  }
}
