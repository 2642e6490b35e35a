import { type CommandEntry, JSON_FLAG } from '../entry.ts'

export const importEntry: CommandEntry = {
  name: 'credentials:import',
  group: 'accounts',
  does: 'takes over the accounts of an original KosmoKrator',
  forms: [{ line: 'credentials:import [flags]', does: 'shows what is there, and asks' }],
  words: [],
  flags: [
    {
      name: 'from',
      value: 'PATH',
      does: 'a home folder with .kosmo in it, or a database of it; default: your home',
    },
    {
      name: 'store',
      value: 'WHERE',
      completes: { choices: ['keychain', 'file'] },
      does: 'where tokens are kept: the keychain of the system (default), or accounts.json in our folder, a plain file that only you can read',
    },
    { name: 'replace', does: 'puts theirs in the place of accounts of the same name here' },
    { name: 'no-verify', does: 'stores without asking the server whether the token works' },
    { name: 'dry-run', does: 'shows what would be imported and imports nothing' },
    { name: 'yes', does: 'imports without a question' },
    JSON_FLAG,
  ],
  notes: [
    'It reads ~/.kosmo/data/kosmo.db with ~/.kosmo/config.yaml, or the older ones in ~/.kosmokrator, and changes nothing there. Encrypted values need their key: KOSMO_CREDENTIAL_KEY in the environment, or ~/.kosmokrator/credentials.key. No value of an account is ever shown. What is set here already is never made looser.',
  ],
  examples: [
    { line: 'credentials:import --dry-run', does: 'what is there' },
    { line: 'credentials:import --yes --json', does: 'from a script' },
    { line: 'credentials:import --from=/mnt/backup/alice', does: 'out of another home' },
  ],
  exits: ['ok', 'failure', 'usage', 'notConfirmed'],
}
