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

/**
 * For the allocator of glibc: what is freed goes back to the system, where it would be kept in case, by each thread for
 * itself. V8's compilers take megabytes for a moment. Others do not know these.
 */
const GIVE_BACK = {
  MALLOC_ARENA_MAX: '1',
  MALLOC_MMAP_THRESHOLD_: '8192',
  MALLOC_TRIM_THRESHOLD_: '8192',
}

/** The environment of a gateway, out of the broker's own. */
export function gatewayVariables(variables: Record<string, string | undefined>): Record<string, string> {
  const passedOn = Object.fromEntries(
    PASSED_ON.flatMap(name => {
      const value = variables[name]
      return value === undefined ? [] : [[name, value]]
    }),
  )
  return { ...passedOn, ...GIVE_BACK }
}
