import { EXIT, type ExitName, exitMeaning } from '../exit-codes.ts'
import type { CommandEntry } from './entry.ts'
import { ENVIRONMENT } from './environment.ts'
import { flagWords } from './help-text.ts'

const FILES = {
  '~/.kosmokrator-desktop/settings.json': 'what you have set, and which accounts there are; no secrets',
  '~/.kosmokrator-desktop/config.yaml': 'profiles for kosmo mcp:serve',
  '~/.kosmokrator-desktop/audit': 'what was called and who decided, in a chain that shows changes',
  '.kosmo/config.yaml': 'of a project: can only make things stricter',
}

/** The manual page of all commands, in roff for man(1). */
export function manPage(table: readonly CommandEntry[], version: string): string {
  return [
    `.TH KOSMO 1 "" "kosmo ${text(version)}" "User Commands"`,
    '.SH NAME',
    "kosmo \\- Mattermost for coding agents, with a person's say over every write",
    '.SH SYNOPSIS',
    '.B kosmo',
    '.I command',
    '[\\fIwords\\fR] [\\fIflags\\fR]',
    '.SH DESCRIPTION',
    'A local MCP gateway for Mattermost, and the same functions for scripts. Reads just work; every write is refused,',
    'asked about or let through as its user says, and is on record.',
    '.SH COMMANDS',
    ...table.flatMap(command),
    '.SH EXIT STATUS',
    ...(Object.keys(EXIT) as ExitName[]).flatMap(name =>
      term(`\\fB${EXIT[name]}\\fR`, text(exitMeaning(name))),
    ),
    '.SH ENVIRONMENT',
    ...Object.values(ENVIRONMENT).flatMap(group =>
      group.flatMap(({ names, does }) => term(`\\fB${text(names.join(', '))}\\fR`, text(does))),
    ),
    '.SH FILES',
    ...terms(FILES),
    '',
  ].join('\n')
}

function command({ name, does, forms, flags, notes, examples }: CommandEntry): string[] {
  return [
    `.SS "kosmo ${text(name)}"`,
    `${text(capital(does))}.`,
    ...forms.flatMap(form => term(`\\fBkosmo ${text(form.line)}\\fR`, text(form.does ?? ''))),
    ...flags.flatMap(flag => term(`\\fB${text(flagWords(flag))}\\fR`, text(flag.does))),
    ...notes.flatMap(note => ['.PP', text(note)]),
    ...examples.flatMap(({ line, does: what }) => [
      '.PP',
      `${text(capital(what))}:`,
      '.PP',
      '.nf',
      '.RS 4',
      `kosmo ${text(line)}`,
      '.RE',
      '.fi',
    ]),
  ]
}

function terms(pairs: Record<string, string>): string[] {
  return Object.entries(pairs).flatMap(([name, does]) => term(`\\fB${text(name)}\\fR`, text(does)))
}

function term(head: string, body: string): string[] {
  return ['.TP', head, body === '' ? '\\&' : body]
}

/** Text as roff takes it: nothing in it is a request, an escape or a hyphen that a copied line would have. */
function text(plain: string): string {
  return plain
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replaceAll('’', '\\(cq')
    .replaceAll('“', '\\(lq')
    .replaceAll('”', '\\(rq')
    .replaceAll("'", '\\(aq')
    .replaceAll('`', '\\(ga')
    .replaceAll('^', '\\(ha')
    .replaceAll('~', '\\(ti')
    .replaceAll('…', '...')
    .replace(/^\./, '\\&.')
}

function capital(phrase: string): string {
  return phrase.charAt(0).toUpperCase() + phrase.slice(1)
}
