export const HELP = `kosmo: Mattermost for coding agents, with a person's say over every write

  kosmo mcp:serve --integration=mattermost [flags]   serve a client (Codex, …) on stdin and stdout
  kosmo mcp:serve --help                             its flags
  kosmo journal [--json]                             posts of which nobody knows whether they arrived
  kosmo --version

Exit codes: 0 ok, 1 failure, 2 wrong usage.`

export const SERVE_HELP = `kosmo mcp:serve: an MCP server on stdin and stdout, for a client to start

  --integration=ID          what to serve; repeatable, comma lists allowed (also --integrations=)
  --write=deny|ask|allow    deny (default): writes are refused and not listed
                            ask: every write asks in the client's own form; nobody to ask means no
                            allow: writes are sent; @channel, @all and @here ask all the same
  --account=NAME            which account (default: default)
  --max-result-chars=N      longest result, data and text together (default 50000, at least 1000)
  --name=NAME               the name that the server gives itself (default: kosmo)

The account comes from the environment:
  MATTERMOST_URL            where Mattermost is, e.g. https://chat.example.org
  MATTERMOST_ACCESS_TOKEN   a personal access token or the token of a bot
  MATTERMOST_SCOPE          limits it to teams and channels, e.g. eng/*, ops/alerts, @bob (optional)
  MATTERMOST_CA_FILE        a PEM file with further authorities to trust (optional)
  MATTERMOST_PROXY          a proxy, where HTTPS_PROXY is not passed on (optional)
  MATTERMOST_CLIENT_CERT    with MATTERMOST_CLIENT_KEY: a client certificate, as PEM files (optional)

Example: kosmo mcp:serve --integration=mattermost --write=deny
Exit codes: 0 the client left, 2 wrong usage.`
