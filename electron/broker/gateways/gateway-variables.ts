/** Variables that a gateway may have: where things are, and how to get out. Never one that could hold a token. */
const PASSED_ON = [
  'HOME',
  'USERPROFILE',
  'SYSTEMROOT',
  'TEMP',
  'TMP',
  'TMPDIR',
  'PATH',
  'LANG',
  'LC_ALL',
  'TZ',
  'KOSMO_HOME',
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'ALL_PROXY',
  'NO_PROXY',
  'http_proxy',
  'https_proxy',
  'all_proxy',
  'no_proxy',
  'NODE_EXTRA_CA_CERTS',
  'SSL_CERT_FILE',
  'SSL_CERT_DIR',
  'MATTERMOST_CA_FILE',
  'MATTERMOST_PROXY',
  'MATTERMOST_CLIENT_CERT',
  'MATTERMOST_CLIENT_KEY',
]

/** The environment of a gateway, out of the broker's own. */
export function gatewayVariables(variables: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(
    PASSED_ON.flatMap(name => {
      const value = variables[name]
      return value === undefined ? [] : [[name, value]]
    }),
  )
}
