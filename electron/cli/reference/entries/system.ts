import { type CommandEntry, type FlagEntry, JSON_FLAG } from '../entry.ts'

const DRY_RUN: FlagEntry = { name: 'dry-run', does: 'shows what would change and changes nothing' }

export const shellInstallEntry: CommandEntry = {
  name: 'shell:install',
  group: 'shell',
  does: 'puts kosmo on your PATH, so that every terminal finds it',
  forms: [{ line: 'shell:install [--profile] [--dry-run] [--json]' }],
  words: [],
  flags: [
    {
      name: 'profile',
      does: 'also writes a marked line into the start files of your shell, where the folder is not on your PATH',
    },
    DRY_RUN,
    JSON_FLAG,
  ],
  notes: [
    'Writes the small files kosmo and kosmokrator into ~/.local/bin, or into ~/bin or ~/.bin where that is on your PATH and the former is not. On Windows they get a folder of their own, which is added to the PATH of your user account. A file that KosmoKrator did not write is never replaced. Where a package (deb, npm) put kosmo on your PATH, there is nothing to do.',
  ],
  examples: [
    { line: 'shell:install --dry-run', does: 'what would be written' },
    { line: 'shell:install --profile', does: 'also tells your shell of the folder' },
  ],
  exits: ['ok', 'failure', 'usage'],
}

export const shellUninstallEntry: CommandEntry = {
  name: 'shell:uninstall',
  group: 'shell',
  does: 'takes kosmo off your PATH again, without a trace',
  forms: [{ line: 'shell:uninstall [--dry-run] [--json]' }],
  words: [],
  flags: [DRY_RUN, JSON_FLAG],
  notes: ['Start files of your shell are as they were, to the byte, but for what you wrote there since.'],
  examples: [{ line: 'shell:uninstall', does: 'takes out what shell:install wrote' }],
  exits: ['ok', 'failure', 'usage'],
}

export const wholeUninstallEntry: CommandEntry = {
  name: 'uninstall',
  group: 'shell',
  does: 'undoes what KosmoKrator wrote outside of its own folder: clients, PATH, start at login',
  forms: [{ line: 'uninstall [--yes] [--dry-run] [--json]' }],
  words: [],
  flags: [
    { name: 'yes', does: 'does not ask first; for scripts' },
    DRY_RUN,
    { name: 'force', does: 'also entries that somebody changed since; a copy of each file is kept' },
    JSON_FLAG,
  ],
  notes: [
    'Lists everything and asks once. A client whose settings cannot be read is left alone and named; the others go all the same. Your accounts, what you allowed and the activity stay in ~/.kosmokrator-desktop; kosmo integrations:configure mattermost --remove removes an account with its token. Run this before you remove the app itself.',
  ],
  examples: [
    { line: 'uninstall --dry-run', does: 'what there is' },
    { line: 'uninstall --yes --json', does: 'for a script' },
  ],
  exits: ['ok', 'failure', 'usage', 'needsTerminal', 'notConfirmed'],
}
