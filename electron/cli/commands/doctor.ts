import type { Finding } from '../../../shared/clients/finding.ts'
import { cleanLine } from '../../../shared/text/clean.ts'
import { runDoctor } from '../../clients/doctor/run-doctor.ts'
import { cliDoctorSystem } from '../client-settings/cli-doctor-system.ts'
import { EXIT } from '../exit-codes.ts'
import { wholeDoctorEntry } from '../reference/entries/connect.ts'
import { helpText } from '../reference/help-text.ts'
import { readFlags } from '../terminal/flags.ts'
import { type CliIo, processIo } from '../terminal/io.ts'
import { fail, printJson, printRows, tableLines } from '../terminal/print.ts'
import { type Row, row } from '../terminal/rows.ts'

const MARKS: Record<Finding['state'], string> = { ok: 'ok', warn: 'look', fail: 'FAIL', skipped: '-' }

/** `kosmo doctor`: how everything stands that has to work together. Gives the exit code, 1 where something fails. */
export async function doctorCommand(args: string[], io: CliIo = processIo()): Promise<number> {
  const flags = readFlags(args, { json: 'boolean' })
  if (flags.kind === 'usage-error' || flags.words.length > 0) {
    const message = flags.kind === 'usage-error' ? flags.message : 'doctor takes no words'
    return fail(io, 'usage', `${message}. See kosmo doctor --help.`)
  }
  if (flags.on('help')) {
    io.out(helpText(wholeDoctorEntry))
    return EXIT.ok
  }
  const findings = await runDoctor(cliDoctorSystem(io))
  const failed = findings.filter(({ state }) => state === 'fail').length
  if (flags.on('json')) printJson(io, { success: failed === 0, findings })
  else {
    printRows(io, findingRows(findings))
    io.out('')
    io.out(verdict(findings))
  }
  return failed === 0 ? EXIT.ok : EXIT.failure
}

function findingRows(findings: readonly Finding[]): Row[] {
  const lines = tableLines(
    ['', '', ''],
    findings.map(({ state, title, said }) => [MARKS[state], title, cleanLine(said)]),
  ).slice(1)
  const indent = ' '.repeat(MARK_COLUMNS)
  return findings.flatMap(({ state, todo }, index) => [
    row(lines[index] ?? '', state === 'ok' || state === 'skipped' ? 'plain' : 'warn'),
    ...(todo === undefined
      ? []
      : [row(`${indent}${cleanLine(todo)}`, state === 'skipped' ? 'dim' : 'strong')]),
  ])
}

const MARK_COLUMNS = 6

function verdict(findings: readonly Finding[]): string {
  const count = (state: Finding['state']) => findings.filter(each => each.state === state).length
  const [failed, warned] = [count('fail'), count('warn')]
  if (failed > 0) return `${failed} of ${findings.length} do not work.`
  return warned > 0 ? `All of it works; ${warned} could be better.` : 'All of it works.'
}
