import { type CommandEntry, JSON_FLAG } from '../entry.ts'

const POLICIES = { choices: ['deny', 'ask', 'allow'] }

export const brokerEntry: CommandEntry = {
  name: 'broker',
  group: 'clients',
  does: 'one place where policy, approvals, accounts and the audit live',
  forms: [
    { line: 'broker', does: 'runs until it is stopped (Ctrl-C, SIGTERM, kosmo broker stop)' },
    { line: 'broker stop', does: 'ends the one that runs' },
  ],
  words: [{ choices: ['stop'] }],
  flags: [],
  notes: [
    'Clients find it by its socket under the home folder (~/.kosmokrator-desktop/run, or KOSMO_HOME). Without one each client works alone. The KosmoKrator app has it built in: run this where there is no desktop.',
  ],
  examples: [{ line: 'broker', does: 'leave it running' }],
  exits: ['ok', 'failure', 'usage', 'noBroker'],
}

export const approvalsEntry: CommandEntry = {
  name: 'approvals',
  group: 'decisions',
  does: 'the posts that wait for your decision',
  forms: [
    { line: 'approvals [--json]', does: 'lists them, each whole' },
    { line: 'approvals watch', does: 'shows them as they come, one at a time; keys decide' },
    { line: 'approvals approve ID', does: 'shows one and approves it once you typed the code that it shows' },
    { line: 'approvals deny ID [--reason=…]', does: 'denies one; the agent is told the reason' },
  ],
  words: [{ choices: ['list', 'watch', 'approve', 'deny'] }],
  flags: [JSON_FLAG, { name: 'reason', value: 'TEXT', does: 'why, in your words; with deny' }],
  notes: [
    'Deciding needs a real terminal with a person at it: not a pipe, and not the shell of an agent.',
    'In watch: a approve once, d deny, r deny with a reason, e edit in $VISUAL or $EDITOR, g approve and remember, x more time, space and b page, q quit. Keys do nothing for a moment after something new is on the screen.',
  ],
  examples: [
    { line: 'approvals watch', does: 'keep it open beside your agent' },
    { line: 'approvals deny ap_1 --reason="not in this channel"', does: 'say why' },
  ],
  exits: [
    'ok',
    'failure',
    'usage',
    'noBroker',
    'needsTerminal',
    'notPending',
    'notConfirmed',
    'interrupted',
    'terminated',
  ],
}

export const policyEntry: CommandEntry = {
  name: 'policy',
  group: 'decisions',
  does: 'what clients may write',
  forms: [
    { line: 'policy [--json]', does: 'shows what holds, for whom and why' },
    { line: 'policy deny|ask|allow', does: 'sets the switch for everything; nothing exceeds it' },
    {
      line: 'policy deny|ask|allow --client=NAME [--workspace=PATH]',
      does: 'sets it for one client in one folder',
    },
    {
      line: 'policy --clear --client=NAME [--workspace=PATH]',
      does: 'takes that away: its configuration counts again',
    },
  ],
  words: [POLICIES],
  flags: [
    {
      name: 'client',
      value: 'NAME',
      completes: { choices: ['codex-mcp-client', 'claude-code', 'kosmo-cli', 'kosmo-lua'] },
      does: 'for one client alone',
    },
    { name: 'workspace', value: 'PATH', does: 'the folder in which it works' },
    { name: 'clear', does: 'takes away what was set for that client' },
    JSON_FLAG,
  ],
  notes: [
    'deny works from anywhere. What lets more through needs a person’s yes at a real terminal. Without --workspace: the folder in which that client is connected, else the current one. Works without a broker too.',
    'allow says what else holds a client back, and offers to lift what is only an account’s own ask.',
  ],
  examples: [
    { line: 'policy deny', does: 'stops every write at once' },
    { line: 'policy ask --client=codex-mcp-client', does: 'Codex in this folder may ask' },
  ],
  exits: ['ok', 'failure', 'usage', 'needsTerminal', 'notConfirmed'],
}

export const grantsEntry: CommandEntry = {
  name: 'grants',
  group: 'decisions',
  does: 'the approvals that are remembered',
  forms: [
    { line: 'grants [--json]', does: 'lists them' },
    { line: 'grants revoke ID|--all [--json]', does: 'takes one or all back: the next post asks again' },
  ],
  words: [{ choices: ['revoke'] }],
  flags: [{ name: 'all', does: 'all of them; with revoke' }, JSON_FLAG],
  notes: ['Works without a running broker as well.'],
  examples: [{ line: 'grants revoke --all', does: 'every post asks again' }],
  exits: ['ok', 'failure', 'usage', 'notPending'],
}

export const clientsEntry: CommandEntry = {
  name: 'clients',
  group: 'decisions',
  does: 'the programs that are connected, by the names they give themselves',
  forms: [{ line: 'clients [--json]' }],
  words: [],
  flags: [JSON_FLAG],
  notes: [],
  examples: [{ line: 'clients', does: 'who, where and what holds for each' }],
  exits: ['ok', 'failure', 'usage', 'noBroker'],
}

export const statusEntry: CommandEntry = {
  name: 'status',
  group: 'decisions',
  does: 'whether a broker runs, and whether it can reach you',
  forms: [{ line: 'status [--json]' }],
  words: [],
  flags: [JSON_FLAG],
  notes: [],
  examples: [{ line: 'status', does: 'ends with 3 where no broker runs' }],
  exits: ['ok', 'failure', 'usage', 'noBroker'],
}
