import { ACCOUNT_FLAG, type CommandEntry, type FlagEntry, JSON_FLAG } from '../entry.ts'

const LIST_CHANNELS = 'mattermost.mattermost_list_channels'

export const searchEntry: CommandEntry = {
  name: 'integrations:search',
  group: 'calls',
  does: 'functions by words of their names and descriptions, best first',
  forms: [{ line: 'integrations:search WORDS [--json]' }],
  words: [],
  flags: [JSON_FLAG],
  notes: [],
  examples: [{ line: 'integrations:search "unread channels"', does: 'at most twenty' }],
  exits: ['ok', 'failure', 'usage'],
}

export const docsEntry: CommandEntry = {
  name: 'integrations:docs',
  group: 'calls',
  does: 'what an integration or a function does, takes and gives',
  forms: [{ line: 'integrations:docs [PAGE] [--format=text|markdown|json]' }],
  words: ['page'],
  flags: [
    {
      name: 'format',
      value: 'FORMAT',
      completes: { choices: ['text', 'markdown', 'json'] },
      does: 'text (default), markdown or json',
    },
    JSON_FLAG,
  ],
  notes: ['A page is an integration (mattermost) or a function of it; without one: how all this is used.'],
  examples: [
    { line: 'integrations:docs mattermost', does: 'its functions' },
    { line: 'integrations:docs mattermost.list_posts --format=markdown', does: 'one function' },
  ],
  exits: ['ok', 'failure', 'usage'],
}

export const examplesEntry: CommandEntry = {
  name: 'integrations:examples',
  group: 'calls',
  does: 'lines to copy for an integration or a function',
  forms: [{ line: 'integrations:examples PAGE [--format=text|markdown|json]' }],
  words: ['page'],
  flags: docsEntry.flags,
  notes: [],
  examples: [{ line: 'integrations:examples mattermost.create_post', does: 'in a shell, as JSON, in Lua' }],
  exits: ['ok', 'failure', 'usage'],
}

export const schemaEntry: CommandEntry = {
  name: 'integrations:schema',
  group: 'calls',
  does: 'the JSON Schema of what a function takes',
  forms: [{ line: 'integrations:schema FUNCTION' }],
  words: ['function'],
  flags: [{ name: 'json', does: 'it is JSON in any case' }],
  notes: [],
  examples: [{ line: `integrations:schema ${LIST_CHANNELS}`, does: 'what it can be asked for' }],
  exits: ['ok', 'failure', 'usage'],
}

const CALL_FLAGS: FlagEntry[] = [
  {
    ...ACCOUNT_FLAG,
    does: 'which account (default: that of the environment where it names one, else "default")',
  },
  {
    name: 'arg',
    value: 'NAME=VALUE',
    repeatable: true,
    does: 'one argument, for a name that is a flag of our own',
  },
  {
    name: 'dry-run',
    does: 'checks everything that can be checked here, shows what would be sent and sends nothing',
  },
  { name: 'force', does: 'is accepted and lifts nothing: deny stays deny, and ask asks' },
  JSON_FLAG,
]

const CALL_NOTES = [
  'Arguments come as a JSON object (in quotes, or on stdin) and as flags, which go before it: --channel-id=~dev is "channel_id". Each is read as the type that the function takes, so a message of digits stays text. Stdin is read where PAYLOAD is - or nothing else was given; a pipe that nobody writes to is not waited for.',
  'A write follows the same policy as every client’s: deny refuses, ask shows it to you first, here or where kosmo approvals watch or the app is open. To let calls from this folder through unasked: kosmo policy allow, kosmo policy allow --client=kosmo-cli, and kosmo integrations:configure mattermost --write allow.',
]

export const callEntry: CommandEntry = {
  name: 'integrations:call',
  group: 'calls',
  does: 'calls a function',
  forms: [{ line: 'integrations:call FUNCTION [PAYLOAD|-] [--ARGUMENT=VALUE …] [flags]' }],
  words: ['function'],
  flags: CALL_FLAGS,
  notes: CALL_NOTES,
  examples: [
    { line: `integrations:call ${LIST_CHANNELS} '{"page": 0, "per_page": 20}' --json`, does: 'with JSON' },
    {
      line: 'integrations:call mattermost.create_post --channel-id=~dev --message="Deployed 1.2" --dry-run',
      does: 'what a post would be',
    },
    { line: 'integrations:call mattermost.create_post - < post.json', does: 'a long text, from a file' },
  ],
  exits: ['ok', 'failure', 'usage', 'interrupted'],
}

/** The short way to the functions of one integration. */
export function providerEntry(id: string): CommandEntry {
  return {
    ...callEntry,
    name: `integrations:${id}`,
    does: `calls a function of ${id}; without one, what there is`,
    forms: [{ line: `integrations:${id} [FUNCTION] [PAYLOAD|-] [--ARGUMENT=VALUE …] [flags]` }],
    examples: [
      { line: `integrations:${id}`, does: 'its functions' },
      { line: `integrations:${id} list_posts --channel-id=~town-square --json`, does: 'the newest posts' },
    ],
  }
}
