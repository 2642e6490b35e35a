import type { Finding } from '../../../shared/clients/finding.ts'
import { cleanLine } from '../../../shared/text/clean.ts'
import { runDoctor } from '../../clients/doctor/run-doctor.ts'
import { cliDoctorSystem } from '../client-settings/cli-doctor-system.ts'
import { EXIT } from '../exit-codes.ts'
import { wholeDoctorEntry } from '../reference/entries/connect.ts'
import { helpText } from '../reference/help-text.ts'
import { columnsAtMost } from '../terminal/columns.ts'
import { readFlags } from '../terminal/flags.ts'
import { type CliIo, processIo } from '../terminal/io.ts'
import { failUsage, printJson, printRows, tableLines } from '../terminal/print.ts'
import { type Row, row } from '../terminal/rows.ts'

const MARKS: Record<Finding['state'], string> = { ok: 'ok', warn: 'look', fail: 'FAIL', skipped: '-' }

/** `kosmo doctor`: how everything stands that has to work together. Gives the exit code, 1 where something fails. */
export async function doctorCommand(args: string[], io: CliIo = processIo()): Promise<number> {
  const flags = readFlags(args, { json: 'boolean' })
  if (flags.kind === 'usage-error' || flags.words.length > 0) {
    const message = flags.kind === 'usage-error' ? flags.message : 'doctor takes no words'
    return failUsage(io, 'doctor', message, args)
  }
  if (flags.on('help')) {
    io.out(helpText(wholeDoctorEntry))
    return EXIT.ok
  }
  const findings = await runDoctor(cliDoctorSystem(io))
  const failed = findings.filter(({ state }) => state === 'fail').length
  if (flags.on('json')) printJson(io, { success: failed === 0, findings })
  else {
    printRows(io, findingRows(findings, io))
    io.out('')
    io.out(verdict(findings))
  }
  return failed === 0 ? EXIT.ok : EXIT.failure
}

/** A line each; on a terminal one that is too long goes on below, between words, and so does what to do about it. */
function findingRows(findings: readonly Finding[], { stdout }: CliIo): Row[] {
  const heads = tableLines(
    ['', '', ''],
    findings.map(({ state, title }) => [MARKS[state], title, '.']),
  ).slice(1)
  const column = Math.max(0, ...heads.map(head => head.length - 1))
  const room = stdout.isTTY === true ? Math.max(20, (stdout.columns ?? 80) - column) : undefined
  const below = ' '.repeat(column)
  return findings.flatMap(({ state, said, todo }, index) => {
    const [first = '', ...rest] = wrapped(cleanLine(said), room)
    const isQuiet = state === 'ok' || state === 'skipped'
    const lines = [`${heads[index]?.slice(0, column) ?? below}${first}`, ...rest.map(line => below + line)]
    const todos = todo === undefined ? [] : wrapped(cleanLine(todo), room).map(line => below + line)
    return [
      ...lines.map(line => row(line, isQuiet ? 'plain' : 'warn')),
      ...todos.map(line => row(line, state === 'skipped' ? 'dim' : 'strong')),
    ]
  })
}

/** A line as lines of at most so many columns where words allow it. */
function wrapped(text: string, columns: number | undefined): string[] {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const last = lines.at(-1)
    const fits = last !== undefined && (columns === undefined || columnsAtMost(`${last} ${word}`) <= columns)
    if (fits) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  return lines
}

function verdict(findings: readonly Finding[]): string {
  const count = (state: Finding['state']) => findings.filter(each => each.state === state).length
  const [failed, warned] = [count('fail'), count('warn')]
  if (failed > 0) return `${failed} of ${findings.length} ${failed === 1 ? 'does' : 'do'} not work.`
  return warned > 0 ? `All of it works; ${warned} could be better.` : 'All of it works.'
}
