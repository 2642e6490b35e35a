type Variables = Readonly<Record<string, string | undefined>>

/** What Codex 0.169 leaves in the environment of its servers, measured on Linux; the rest is from its source. */
const KEPT_UNIX = [
  ...['HOME', 'LANG', 'LC_ALL', 'LOGNAME', 'PATH', 'SHELL', 'TERM', 'TMPDIR', 'TZ', 'USER'],
  ...['NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE', 'CURL_CA_BUNDLE', 'GIT_SSL_CAINFO', 'PIP_CERT'],
  ...['REQUESTS_CA_BUNDLE', '__CF_USER_TEXT_ENCODING'],
]

const KEPT_WINDOWS = [
  ...['PATH', 'PATHEXT', 'SHELL', 'COMSPEC', 'SYSTEMROOT', 'SYSTEMDRIVE', 'USERNAME', 'USERDOMAIN'],
  ...['USERPROFILE', 'HOMEDRIVE', 'HOMEPATH', 'PROGRAMFILES', 'PROGRAMFILES(X86)', 'PROGRAMW6432'],
  ...['PROGRAMDATA', 'LOCALAPPDATA', 'APPDATA', 'TEMP', 'TMP', 'TMPDIR', 'POWERSHELL', 'PWSH'],
]

/** Proxies, the session's bus for the keychain, authorities and certificates: what Codex would drop. Names alone. */
const PASSED_ON = [
  'KOSMO_HOME',
  'XDG_RUNTIME_DIR',
  'DBUS_SESSION_BUS_ADDRESS',
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'ALL_PROXY',
  'NO_PROXY',
  'http_proxy',
  'https_proxy',
  'all_proxy',
  'no_proxy',
  'SSL_CERT_DIR',
  'MATTERMOST_CLIENT_CERT',
  'MATTERMOST_CLIENT_KEY',
  'MATTERMOST_CLIENT_KEY_PASSPHRASE',
]

/**
 * The names that our entry has Codex pass on, always the same: an export from another shell must not differ.
 * `accountVariables`: those that an account can come from. All of them or none, since one of them limits it.
 */
export function passedOnByCodex(accountVariables: readonly string[]): string[] {
  return [...PASSED_ON, ...accountVariables]
}

/** The environment in which Codex starts a server: what it keeps of its own, what is named, and what is set. */
export function codexEnvironment(
  own: Variables,
  { env, envVars }: { env: Readonly<Record<string, string>>; envVars: readonly string[] },
  platform: string,
): Record<string, string> {
  const isWindows = platform === 'win32'
  // Windows writes `Path` and means PATH.
  const same = (name: string) => (isWindows ? name.toUpperCase() : name)
  const kept = new Set([...(isWindows ? KEPT_WINDOWS : KEPT_UNIX), ...envVars].map(same))
  const passed = Object.entries(own).filter(
    (pair): pair is [string, string] => pair[1] !== undefined && kept.has(same(pair[0])),
  )
  return { ...Object.fromEntries(passed), ...env }
}
