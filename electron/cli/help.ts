export const HELP = `kosmo: Mattermost for coding agents, with a person's say over every write

  kosmo mcp:serve --integration=mattermost [flags]   serve a client (Codex, …) on stdin and stdout
  kosmo mcp:serve --help                             its flags

  kosmo mcp:gateway:install [--client=codex]         connect a client: shows the lines, writes, checks, can undo
  kosmo mcp:gateway:uninstall | export               take it out again; print it for you to put in
  kosmo doctor                                       what works and what does not, and what to do

  kosmo integrations:configure mattermost            set up an account; the token goes to the system's keychain
  kosmo broker                                       one place where policy, approvals and accounts live
  kosmo approvals [watch|approve ID|deny ID]         what waits for your decision
  kosmo policy [deny|ask|allow] [--client=NAME]      what may be written
  kosmo status | clients | grants                    how things stand, who is connected, what you said for later
  kosmo audit [--verify]                             what was called, and who decided
  kosmo journal [--json]                             posts of which nobody knows whether they arrived
  kosmo --version

Each has --help, and --json where it lists.
Exit codes: 0 ok, 1 failure, 2 wrong usage, 3 no broker runs, 4 a person at a real terminal is needed,
5 no such request or decided before, 6 not confirmed.`

export const SERVE_HELP = `kosmo mcp:serve: an MCP server on stdin and stdout, for a client to start

  --integration=ID          what to serve; repeatable, comma lists allowed (also --integrations=)
  --write=deny|ask|allow    deny (default): writes are refused and not listed
                            ask: every write asks a person; nobody to ask means no
                            allow: writes are sent; @channel, @all and @here ask all the same.
                            Where a broker runs it asks too, until you say otherwise there
  --account=NAME            which account (default: default)
  --max-result-chars=N      longest result, data and text together (default 50000, at least 1000)
  --name=NAME               the name that the server gives itself (default: kosmo)

A running broker (kosmo broker) decides on writes, and asks in its own surfaces; without one this works alone.
The account is the one that was set up with kosmo integrations:configure, or comes from the environment:
  MATTERMOST_URL            where Mattermost is, e.g. https://chat.example.org
  MATTERMOST_ACCESS_TOKEN   a personal access token or the token of a bot
  MATTERMOST_SCOPE          limits it to teams and channels, e.g. eng/*, ops/alerts, @bob (optional)
  MATTERMOST_CA_FILE        a PEM file with further authorities to trust (optional)
  MATTERMOST_PROXY          a proxy, where HTTPS_PROXY is not passed on (optional)
  MATTERMOST_CLIENT_CERT    with MATTERMOST_CLIENT_KEY: a client certificate, as PEM files (optional)

Example: kosmo mcp:serve --integration=mattermost --write=deny
Exit codes: 0 the client left, 2 wrong usage.`
