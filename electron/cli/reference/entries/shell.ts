import type { CommandEntry } from '../entry.ts'

export const SHELLS = ['bash', 'zsh', 'fish', 'powershell'] as const

export type Shell = (typeof SHELLS)[number]

export const completionEntry: CommandEntry = {
  name: 'completion',
  group: 'shell',
  does: 'a script that completes commands, functions and arguments in a shell',
  forms: [{ line: `completion ${SHELLS.join('|')}` }],
  words: [{ choices: SHELLS }],
  flags: [],
  notes: [],
  examples: [
    { line: 'completion bash > ~/.local/share/bash-completion/completions/kosmo', does: 'bash' },
    { line: 'completion zsh > ~/.zfunc/_kosmo', does: 'zsh, with ~/.zfunc in fpath' },
    { line: 'completion fish > ~/.config/fish/completions/kosmo.fish', does: 'fish' },
    { line: 'completion powershell >> $PROFILE', does: 'PowerShell' },
  ],
  exits: ['ok', 'usage'],
}

export const manEntry: CommandEntry = {
  name: 'man',
  group: 'shell',
  does: 'the manual page',
  forms: [{ line: 'man' }],
  words: [],
  flags: [],
  notes: [],
  examples: [{ line: 'man | man -l -', does: 'reads it' }],
  exits: ['ok', 'usage'],
}

export const helpEntry: CommandEntry = {
  name: 'help',
  group: 'shell',
  does: 'what there is, or how one command is used',
  forms: [{ line: 'help [COMMAND]' }],
  words: ['command'],
  flags: [],
  notes: [],
  examples: [{ line: 'help integrations:call', does: 'the same as integrations:call --help' }],
  exits: ['ok', 'usage'],
}
