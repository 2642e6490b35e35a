import { ACCOUNT_FLAG, type CommandEntry } from '../entry.ts'

const POLICIES = { choices: ['deny', 'ask', 'allow'] }

export const serveEntry: CommandEntry = {
  name: 'mcp:serve',
  group: 'clients',
  does: 'an MCP server on stdin and stdout, for a client to start',
  forms: [{ line: 'mcp:serve --integration=mattermost [flags]' }],
  words: [],
  flags: [
    {
      name: 'integration',
      value: 'ID',
      completes: 'integration',
      repeatable: true,
      does: 'what to serve; comma lists are taken too',
    },
    { name: 'integrations', value: 'ID,…', completes: 'integration', does: 'the same' },
    {
      name: 'write',
      value: 'POLICY',
      completes: POLICIES,
      does: 'deny (default): writes are refused and not listed. ask: every write asks a person; nobody to ask means no. allow: writes are sent; @channel, @all and @here ask all the same. Where a broker runs, allow asks too, until you say otherwise there',
    },
    { name: 'profile', value: 'NAME', does: 'takes what a profile of config.yaml says; flags go before it' },
    ACCOUNT_FLAG,
    {
      name: 'max-result-chars',
      value: 'N',
      does: 'longest result, data and text together (default 50000, at least 1000)',
    },
    { name: 'name', value: 'NAME', does: 'the name that the server gives itself (default: kosmo)' },
    { name: 'force', does: 'is accepted and lifts nothing: deny stays deny, and ask asks' },
  ],
  notes: [
    'A running broker (kosmo broker) decides on writes, and asks in its own surfaces; without one this works alone. The account is the one that was set up with kosmo integrations:configure, or comes from the environment: MATTERMOST_URL and MATTERMOST_ACCESS_TOKEN, with MATTERMOST_SCOPE (limits it, e.g. eng/*, ops/alerts, @bob), MATTERMOST_CA_FILE (further authorities to trust), MATTERMOST_PROXY, MATTERMOST_CLIENT_CERT and MATTERMOST_CLIENT_KEY where they are needed.',
    'Profiles stand in config.yaml in our folder (~/.kosmokrator-desktop, or KOSMO_HOME) or in ~/.kosmo/config.yaml, under kosmo.mcp_gateway.profiles.NAME: integrations.include, write_policy, max_result_chars. A .kosmo/config.yaml of the project can only make things stricter, whether it has the profile or says deny for an integration.',
  ],
  examples: [
    { line: 'mcp:serve --integration=mattermost --write=deny', does: 'reads alone' },
    { line: 'mcp:serve --profile=team', does: 'as the profile "team" says' },
  ],
  exits: ['ok', 'usage'],
}
