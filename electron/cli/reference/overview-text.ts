import { exitCodeLines } from '../exit-codes.ts'
import type { CommandEntry } from './entry.ts'
import { aligned, COLUMN, section, WIDTH } from './help-text.ts'
import { wrap } from './wrap.ts'

const GROUPS: Record<CommandEntry['group'], string> = {
  clients: 'For clients',
  accounts: 'Accounts',
  calls: 'Functions',
  decisions: 'Your say',
  records: 'What happened',
  shell: 'Your shell',
}

/** What `kosmo` can do, a line each. */
export function overviewText(table: readonly CommandEntry[]): string {
  const groups = Object.entries(GROUPS).flatMap(([group, title]) => {
    const commands = table.filter(entry => entry.group === group)
    return section([`${title}:`, ...commands.flatMap(({ name, does }) => aligned(name, does, COLUMN))])
  })
  return [
    "kosmo: Mattermost for coding agents, with a person's say over every write",
    ...groups,
    ...section([
      ...wrap(
        'kosmo help COMMAND, or COMMAND --help, has flags and examples of each. kosmo --version.',
        WIDTH,
      ),
    ]),
    ...section(exitCodeLines()),
  ].join('\n')
}
