import { CLIENT_IDS, SCOPES } from '../../../../shared/clients/client-facts.ts'
import { SERVER_NAME } from '../../../../shared/clients/server-name.ts'
import { type CommandEntry, type FlagEntry, JSON_FLAG } from '../entry.ts'

const CLIENT: FlagEntry = {
  name: 'client',
  value: 'ID',
  completes: { choices: CLIENT_IDS },
  does: `whose settings: ${CLIENT_IDS.join(', ')} (default: codex)`,
}
const SCOPE: FlagEntry = {
  name: 'scope',
  value: 'WHERE',
  completes: { choices: SCOPES },
  does: 'your own settings (user, the default), or those of the project you are in',
}
const NAME: FlagEntry = {
  name: 'name',
  value: 'NAME',
  does: `what the server is called there (default: ${SERVER_NAME})`,
}
const DRY_RUN: FlagEntry = { name: 'dry-run', does: 'shows the lines and writes nothing' }
const FORCE: FlagEntry = {
  name: 'force',
  does: 'also an entry that somebody else wrote or changed; a copy of the file is kept',
}
/** For the server that the client is to start. */
const SERVE: FlagEntry[] = [
  {
    name: 'write',
    value: 'POLICY',
    completes: { choices: ['deny', 'ask', 'allow'] },
    does: 'what the server is started with (default: deny)',
  },
  { name: 'integration', value: 'ID', completes: 'integration', repeatable: true, does: 'what it serves' },
  { name: 'account', value: 'NAME', completes: 'account', does: 'which account it uses' },
  { name: 'max-result-chars', value: 'N', does: 'its longest result' },
]

export const installEntry: CommandEntry = {
  name: 'mcp:gateway:install',
  group: 'clients',
  does: "puts KosmoKrator into a client's settings, checks it there, and can undo it",
  forms: [{ line: 'mcp:gateway:install [--client=codex] [flags]' }],
  words: [],
  flags: [CLIENT, SCOPE, NAME, ...SERVE, DRY_RUN, FORCE, JSON_FLAG],
  notes: [
    'Shows exactly the lines that change, keeps a copy, writes the file whole, has the client look at it and takes everything back where that fails. Nothing else in the file is touched. kosmo mcp:gateway:uninstall takes it out again.',
  ],
  examples: [
    { line: 'mcp:gateway:install --dry-run', does: 'what would be written for Codex' },
    { line: 'mcp:gateway:install --write=ask', does: 'connects Codex; each post asks you' },
    { line: 'mcp:gateway:install --client=cursor --scope=project', does: 'for one project' },
  ],
  exits: ['ok', 'failure', 'usage'],
}

export const uninstallEntry: CommandEntry = {
  name: 'mcp:gateway:uninstall',
  group: 'clients',
  does: "takes KosmoKrator out of a client's settings, without a trace",
  forms: [{ line: 'mcp:gateway:uninstall [--client=codex] [flags]' }],
  words: [],
  flags: [
    CLIENT,
    SCOPE,
    { ...NAME, does: 'which server, where there are several of ours' },
    DRY_RUN,
    FORCE,
    JSON_FLAG,
  ],
  notes: [],
  examples: [{ line: 'mcp:gateway:uninstall --dry-run', does: 'what would go' }],
  exits: ['ok', 'failure', 'usage'],
}

export const exportEntry: CommandEntry = {
  name: 'mcp:gateway:export',
  group: 'clients',
  does: "prints what a client's settings need, for you to put in",
  forms: [{ line: 'mcp:gateway:export [--format=json|toml|command] [flags]' }],
  words: [],
  flags: [
    {
      name: 'format',
      value: 'FORMAT',
      completes: { choices: ['json', 'toml', 'command'] },
      does: 'JSON (default), TOML for Codex (its default), or the command alone',
    },
    { ...CLIENT, does: 'whose settings; without it, as most clients read it' },
    NAME,
    ...SERVE,
    { ...JSON_FLAG, does: 'the JSON inside of { "success": true, "config": … }' },
  ],
  notes: [
    'No secret is ever in it. kosmo mcp:gateway:install writes it for you, checks it with the client, and can undo it.',
  ],
  examples: [
    { line: 'mcp:gateway:export --format=toml', does: 'for config.toml of Codex' },
    { line: 'mcp:gateway:export --write=ask', does: 'for a client that reads JSON' },
  ],
  exits: ['ok', 'usage'],
}

export const wholeDoctorEntry: CommandEntry = {
  name: 'doctor',
  group: 'clients',
  does: 'what works and what does not, a line each, and what you can do about it',
  forms: [{ line: 'doctor [--json]' }],
  words: [],
  flags: [JSON_FLAG],
  notes: [
    'Looks at the program, the policy, the broker, the keychain, the account (by asking the server), the clock, proxies and authorities, every client here (by starting what its settings start, as it would), the command on your PATH, the start at login and the desktop. Changes nothing. Failure is what does not work; what could be better is told and is no failure.',
  ],
  examples: [{ line: 'doctor --json', does: 'for a report' }],
  exits: ['ok', 'failure', 'usage'],
}
