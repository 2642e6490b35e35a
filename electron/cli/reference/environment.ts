/** Variables that do one thing together; `page` of the documentation says more. */
export type VariableEntry = { names: readonly string[]; does: string; page?: string }

/** What the command line reads of its environment: the manual page and docs/environment.md are made of it. */
export const ENVIRONMENT = {
  accounts: [
    {
      names: ['MATTERMOST_URL', 'MATTERMOST_ACCESS_TOKEN'],
      does: 'an account, where both are set; it is “default”, and goes before the stored one',
    },
    {
      names: ['MATTERMOST_SCOPE'],
      does: 'teams, channels and people that this account is limited to, e.g. eng/*, ops/alerts, @bob',
      page: 'scope.md',
    },
    { names: ['MATTERMOST_CA_FILE'], does: 'a PEM file with further authorities to trust' },
    { names: ['MATTERMOST_PROXY'], does: 'the proxy before the server; goes before those below' },
    {
      names: ['MATTERMOST_CLIENT_CERT', 'MATTERMOST_CLIENT_KEY', 'MATTERMOST_CLIENT_KEY_PASSPHRASE'],
      does: 'a client certificate and its key, as PEM files, and the passphrase of a key that has one',
    },
    {
      names: ['HTTPS_PROXY', 'HTTP_PROXY', 'ALL_PROXY', 'NO_PROXY'],
      does: 'proxies, as everywhere',
    },
    {
      names: ['https_proxy', 'http_proxy', 'all_proxy', 'no_proxy'],
      does: 'the same',
    },
    {
      names: ['NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE', 'SSL_CERT_DIR'],
      does: 'authorities, as Node and OpenSSL know them',
    },
  ],
  own: [
    { names: ['KOSMO_HOME'], does: 'our folder, instead of ~/.kosmokrator-desktop' },
    {
      names: ['KOSMO_NODE'],
      does: 'the Node that the app from a checkout runs gateways on; a packaged app has its own',
    },
    {
      names: ['KOSMO_CREDENTIAL_KEY', 'KOSMO_SECRET_KEY'],
      does: 'the key of an original KosmoKrator’s store, for kosmo credentials:import',
    },
  ],
  terminal: [
    { names: ['VISUAL', 'EDITOR'], does: 'what e in kosmo approvals watch opens' },
    { names: ['NO_COLOR', 'TERM'], does: 'no colours; what the terminal can do' },
  ],
} as const satisfies Record<string, readonly VariableEntry[]>
