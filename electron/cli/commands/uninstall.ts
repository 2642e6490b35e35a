import { visibleText } from '../../../shared/text/visible.ts'
import { openSettings } from '../../broker/settings-file.ts'
import { everythingOutside, type Leaving, type Left, leaveAll } from '../../install/leaving.ts'
import { EXIT } from '../exit-codes.ts'
import { runByEntry, usage } from '../integrations/tell.ts'
import { wholeUninstallEntry } from '../reference/entries/system.ts'
import { cliInstallSystem } from '../system/cli-install-system.ts'
import { confirm } from '../terminal/ask.ts'
import { type CliIo, processIo } from '../terminal/io.ts'
import { fail, printJson, printRows } from '../terminal/print.ts'
import { type Row, row } from '../terminal/rows.ts'

/** `kosmo uninstall`: undoes what we wrote outside of our own folder. Gives the exit code, 1 where something stays. */
export function uninstallCommand(args: string[], io: CliIo = processIo()): Promise<number> {
  return runByEntry({ entry: wholeUninstallEntry, words: 0, args, io }, async ({ on }) => {
    const [json, isDry, isSure] = [on('json'), on('dry-run'), on('yes')]
    if (json && !isDry && !isSure) {
      return usage(io, wholeUninstallEntry, '--json asks nobody, so it needs --yes or --dry-run', true)
    }
    const system = cliInstallSystem(io)
    const all = await everythingOutside(system, on('force'))
    const kept = keptOf(system.kosmoHome)
    if (!json) printRows(io, all.flatMap(leavingRows))
    if (isDry) {
      if (json) printJson(io, { success: true, changed: false, dry_run: true, items: all.map(itemOf), kept })
      else printRows(io, [row(''), row('Nothing was changed.'), ...keptRows(kept)])
      return EXIT.ok
    }
    if (all.every(({ state }) => state === 'stays')) return told([], all, kept, json, io)
    if (!isSure) {
      if (!io.stdin.isTTY || !io.stdout.isTTY) {
        return fail(io, 'needsTerminal', 'This has to be confirmed at a terminal, or with --yes.')
      }
      if (!(await confirm(io, 'Undo all of this?'))) {
        return fail(io, 'notConfirmed', 'Nothing was changed.')
      }
    }
    const left = await leaveAll(all)
    return told(left, [], kept, json, io)
  })
}

function told(
  left: readonly Left[],
  stays: readonly Leaving[],
  kept: Kept,
  json: boolean,
  io: CliIo,
): number {
  const stayed = left.filter(({ outcome }) => outcome === 'stays').length + stays.length
  const gone = left.length + stays.length - stayed
  if (json) {
    const items = [...left.map(each => ({ ...itemOf(each), ...outcomeOf(each) })), ...stays.map(itemOf)]
    printJson(io, { success: stayed === 0, changed: gone > 0, items, kept })
  } else {
    const said = left.map(({ title, path, outcome, said }) => {
      const where = path === '' ? title : `${title}, ${visibleText(path)}`
      const what = outcome === 'gone' ? 'gone' : 'stays'
      return row(
        `${where}: ${what}.${said === undefined ? '' : ` ${visibleText(said)}`}`,
        outcome === 'gone' ? 'plain' : 'warn',
      )
    })
    const end =
      left.length + stays.length === 0
        ? 'There is nothing of KosmoKrator outside of its own folder.'
        : verdict(stayed)
    printRows(io, [...(said.length === 0 ? [] : [row('')]), ...said, row(end, 'strong'), ...keptRows(kept)])
  }
  return stayed === 0 ? EXIT.ok : EXIT.failure
}

function verdict(stayed: number): string {
  if (stayed === 0) return 'All of it is gone.'
  return `${stayed} ${stayed === 1 ? 'part stays' : 'parts stay'}: see above.`
}

function leavingRows(each: Leaving): Row[] {
  const { title, path, lines, warnings } = each
  const head = path === '' ? title : `${title}: ${visibleText(path)}`
  return [
    row(head, 'strong'),
    ...lines.map(({ sign, text }) =>
      row(`  ${sign} ${visibleText(text)}`.trimEnd(), sign === '-' ? 'warn' : 'plain'),
    ),
    ...warnings.map(warning => row(`  ${visibleText(warning)}`, 'warn')),
    ...(each.state === 'stays' ? [row(`  Stays: ${visibleText(each.why)}`, 'warn')] : []),
  ]
}

function itemOf(each: Leaving) {
  const { kind, title, path, lines, warnings, state } = each
  return { kind, title, path, state, lines, warnings, ...(state === 'stays' && { why: each.why }) }
}

function outcomeOf({ outcome, said }: Left) {
  return { outcome, said: said ?? null }
}

type Kept = { folder: string; accounts: string[]; remove_account: string }

/** What a person keeps: it is theirs, not ours. */
function keptOf(folder: string): Kept {
  const read = openSettings(folder).read()
  const integrations = read.kind === 'broken' ? {} : read.settings.integrations
  const accounts = Object.values(integrations).flatMap(each => Object.keys(each.accounts))
  return { folder, accounts, remove_account: 'kosmo integrations:configure mattermost --remove' }
}

function keptRows({ folder, accounts, remove_account: command }: Kept): Row[] {
  const of = accounts.length === 0 ? '' : ` (${accounts.map(visibleText).join(', ')})`
  return [
    row(`Your accounts${of}, what you allowed and the activity stay in ${visibleText(folder)}.`, 'dim'),
    row(`${command} [--account=NAME] removes an account with its token.`, 'dim'),
  ]
}
