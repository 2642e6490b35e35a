import { type CommandEntry, JSON_FLAG } from '../entry.ts'

const UNREAD =
  'for _, c in ipairs(app.integrations.mattermost.list_channels()) do print(c.name, c.unread) end'

export const luaEntry: CommandEntry = {
  name: 'integrations:lua',
  group: 'calls',
  does: 'runs a script in Lua 5.4 that calls functions',
  forms: [
    { line: 'integrations:lua FILE|- [flags]', does: 'of a file, or of stdin' },
    { line: "integrations:lua -e 'CODE' [flags]", does: 'of the command line' },
    { line: 'integrations:lua --repl', does: 'line by line' },
  ],
  words: [],
  flags: [
    { name: 'eval', short: 'e', value: 'CODE', does: 'runs this' },
    { name: 'repl', does: 'reads code from the terminal, line by line, and shows what it gives' },
    {
      name: 'memory-limit',
      value: 'BYTES',
      does: 'memory for the script (default: 33554432, which is 32 MB)',
    },
    {
      name: 'cpu-limit',
      value: 'SECONDS',
      does: 'time for the script, what it waits for not counted (default: 30)',
    },
    { name: 'force', does: 'is accepted and lifts nothing: deny stays deny, and ask asks' },
    JSON_FLAG,
  ],
  notes: [
    'A script has app.integrations.mattermost.FUNCTION{…}, for another account app.integrations.mattermost.ACCOUNT.FUNCTION{…}; docs.list, docs.search, docs.read; json.encode, json.decode; regex.match, regex.match_all, regex.gsub; print and dump. It reaches no file, no network, no program and no module. What goes wrong is an error that pcall catches.',
    'A write follows the same policy as every client’s, post by post: deny refuses, ask shows each to you first. To let those from this folder through unasked: kosmo policy allow, kosmo policy allow --client=kosmo-lua, and kosmo integrations:configure mattermost --write allow.',
  ],
  examples: [
    { line: `integrations:lua -e '${UNREAD}'`, does: 'what you have not read' },
    { line: 'integrations:lua report.lua --json', does: 'output, result and calls as JSON' },
    {
      line: 'integrations:lua report.lua --cpu-limit=5 --memory-limit=67108864',
      does: 'with limits of your own',
    },
  ],
  exits: ['ok', 'failure', 'usage', 'interrupted'],
}
