import { ACCOUNT_FLAG, type CommandEntry, JSON_FLAG } from '../entry.ts'

const SET_UP = 'integrations:configure mattermost'

export const configureEntry: CommandEntry = {
  name: 'integrations:configure',
  group: 'accounts',
  does: 'sets up, changes, lists and removes accounts',
  forms: [{ line: `${SET_UP} [flags]`, does: 'without flags, on a terminal, it asks for everything' }],
  words: ['integration'],
  flags: [
    {
      name: 'set',
      value: 'NAME=VALUE',
      completes: { choices: ['url=', 'access_token=', 'scope=', 'ca_file=', 'proxy='] },
      repeatable: true,
      does: 'url, access_token, scope, ca_file or proxy',
    },
    {
      name: 'unset',
      value: 'NAME',
      completes: { choices: ['scope', 'ca_file', 'proxy'] },
      repeatable: true,
      does: 'takes scope, ca_file or proxy away',
    },
    {
      name: 'stdin-json',
      does: 'reads {"account", "set": {…}, "unset": […], "enabled", "permissions": {"read", "write"}} from stdin, so that the token is in no list of processes',
    },
    ACCOUNT_FLAG,
    { name: 'enable', does: 'switches the integration on, for all accounts' },
    { name: 'disable', does: 'switches it off' },
    {
      name: 'read',
      value: 'WORD',
      completes: { choices: ['allow', 'deny'] },
      does: 'allow or deny; reads are not asked about one by one',
    },
    {
      name: 'write',
      value: 'WORD',
      completes: { choices: ['deny', 'ask', 'allow'] },
      does: 'deny, ask or allow',
    },
    { name: 'permissions', value: 'LIST', does: 'both of them: read:allow,write:ask' },
    {
      name: 'store',
      value: 'WHERE',
      completes: { choices: ['keychain', 'file'] },
      does: 'where the token is kept: the keychain of the system (default), or accounts.json in our folder, a plain file that only you can read',
    },
    { name: 'no-verify', does: 'stores without asking the server whether the token works' },
    { name: 'global', does: 'for everything you do here (default)' },
    {
      name: 'project',
      does: 'writes switch and permissions into .kosmo/config.yaml of this project, where they can only make things stricter',
    },
    { name: 'list', does: 'the accounts, without their secrets' },
    { name: 'remove', does: 'removes an account and its token' },
    JSON_FLAG,
  ],
  notes: [
    'A new account may be read and asks before it writes. What the server does not take is not stored. A stored token goes to the URL that is stored with it, and nowhere else. A permission takes away and never gives: with --write allow a post asks all the same, until you say otherwise with kosmo policy.',
  ],
  examples: [
    {
      line: `${SET_UP} --set url=https://chat.example.org --set access_token="$MATTERMOST_ACCESS_TOKEN" --enable --read allow --write ask --json`,
      does: 'from a script',
    },
    {
      line: `${SET_UP} --account=work --stdin-json < account.json`,
      does: 'a second account, its token in no list',
    },
    { line: `${SET_UP} --write deny --project`, does: 'nobody posts from this project' },
  ],
  exits: ['ok', 'failure', 'usage', 'notConfirmed'],
}

export const fieldsEntry: CommandEntry = {
  name: 'integrations:fields',
  group: 'accounts',
  does: 'what an account consists of, and what of it is there; never a value',
  forms: [{ line: 'integrations:fields mattermost [--account=NAME] [--json]' }],
  words: ['integration'],
  flags: [ACCOUNT_FLAG, JSON_FLAG],
  notes: [
    'Where the environment names a whole account (MATTERMOST_URL and MATTERMOST_ACCESS_TOKEN), that is the account "default"; a stored one comes after it. Parts of the two are never mixed.',
  ],
  examples: [{ line: 'integrations:fields mattermost --account=work --json', does: 'of the account "work"' }],
  exits: ['ok', 'failure', 'usage'],
}

export const doctorEntry: CommandEntry = {
  name: 'integrations:doctor',
  group: 'accounts',
  does: 'whether an integration is set up and its token works, and what to do next',
  forms: [{ line: 'integrations:doctor [mattermost] [--account=NAME] [--offline] [--json]' }],
  words: ['integration'],
  flags: [ACCOUNT_FLAG, { name: 'offline', does: 'asks no server' }, JSON_FLAG],
  notes: ['It ends with 1 where an account is there and the server does not take it or cannot be reached.'],
  examples: [
    { line: 'integrations:doctor mattermost --json', does: 'with the server’s word on the token' },
    { line: 'integrations:doctor --offline', does: 'what is known without the server' },
  ],
  exits: ['ok', 'failure', 'usage'],
}

export const statusEntry: CommandEntry = {
  name: 'integrations:status',
  group: 'accounts',
  does: 'which integrations are set up, with which accounts',
  forms: [{ line: 'integrations:status [--json]' }],
  words: [],
  flags: [JSON_FLAG],
  notes: [],
  examples: [{ line: 'integrations:status --json', does: 'for a script' }],
  exits: ['ok', 'failure', 'usage'],
}

export const listEntry: CommandEntry = {
  name: 'integrations:list',
  group: 'calls',
  does: 'every integration with its functions',
  forms: [{ line: 'integrations:list [--json]' }],
  words: [],
  flags: [JSON_FLAG],
  notes: [],
  examples: [{ line: 'integrations:list --json', does: 'with every schema' }],
  exits: ['ok', 'failure', 'usage'],
}
