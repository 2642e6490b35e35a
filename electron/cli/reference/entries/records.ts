import { type CommandEntry, JSON_FLAG } from '../entry.ts'

export const auditEntry: CommandEntry = {
  name: 'audit',
  group: 'records',
  does: 'what was called, and who decided',
  forms: [{ line: 'audit [flags]' }],
  words: [],
  flags: [
    { name: 'limit', value: 'N', does: 'the last N entries (default 50), newest last' },
    { name: 'since', value: 'TIME', does: 'not older: 2h, 3d, 2026-11-22T09:30Z' },
    { name: 'client', value: 'NAME', does: 'only this client’s' },
    { name: 'function', value: 'NAME', does: 'only this function’s' },
    { name: 'account', value: 'NAME', does: 'only this account’s' },
    { name: 'decision', value: 'WORD', does: 'only this decision' },
    { name: 'outcome', value: 'WORD', does: 'only calls that ended so' },
    { name: 'json', does: 'for programs' },
    { name: 'csv', does: 'for spreadsheets' },
    { name: 'follow', does: 'goes on with what is written, until Ctrl-C' },
    { name: 'verify', does: 'whether something was altered, removed or inserted' },
  ],
  notes: ['It ends with 1 where --verify finds that the log was changed.'],
  examples: [
    { line: 'audit --since=2h --decision=approved', does: 'what you let through lately' },
    { line: 'audit --verify', does: 'whether the log is whole' },
  ],
  exits: ['ok', 'failure', 'usage'],
}

export const journalEntry: CommandEntry = {
  name: 'journal',
  group: 'records',
  does: 'posts of which nobody knows whether they arrived',
  forms: [{ line: 'journal [--json]' }],
  words: [],
  flags: [JSON_FLAG],
  notes: ['It ends with 1 where there are any.'],
  examples: [{ line: 'journal', does: 'ends with 0 where every post is accounted for' }],
  exits: ['ok', 'failure', 'usage'],
}
