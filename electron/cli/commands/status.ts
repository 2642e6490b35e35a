import { cleanLine } from '../../../shared/text/clean.ts'
import { exactTime } from '../../../shared/text/time.ts'
import { EXIT } from '../exit-codes.ts'
import { statusEntry } from '../reference/entries/decisions.ts'
import { flagKinds } from '../reference/entry.ts'
import { helpText } from '../reference/help-text.ts'
import { NO_BROKER, withBroker } from '../terminal/broker-session.ts'
import { readFlags } from '../terminal/flags.ts'
import { type CliIo, processIo } from '../terminal/io.ts'
import { fail, failUsage, printJson, printRows } from '../terminal/print.ts'
import { clean, count } from '../terminal/request-rows.ts'
import { row } from '../terminal/rows.ts'

/** `kosmo status`: what runs, what waits and what is wrong. Gives the exit code, 3 where no broker runs. */
export async function statusCommand(args: string[], io: CliIo = processIo()): Promise<number> {
  const flags = readFlags(args, flagKinds(statusEntry))
  if (flags.kind === 'usage-error' || flags.words.length > 0) {
    const message = flags.kind === 'usage-error' ? flags.message : 'status takes no words'
    return failUsage(io, 'status', message, args)
  }
  if (flags.on('help')) {
    io.out(helpText(statusEntry))
    return EXIT.ok
  }
  const json = flags.on('json')
  return withBroker(io, json, async session => {
    if (session.kind === 'none') return fail(io, 'noBroker', NO_BROKER, json)
    const status = await session.client.broker.status({})
    if (json) {
      printJson(io, { success: true, ...status })
      return EXIT.ok
    }
    const { version, pid, home, startedAt, ceiling, clients, pending, surfaces, problems } = status
    const shows = surfaces.map(cleanLine).join(', ')
    printRows(io, [
      row(`Broker    ${clean(version)}, process ${pid}, since ${exactTime(startedAt)}`),
      row(`Home      ${clean(home)}`),
      row(`Writes    ${ceiling} at most, for everything (kosmo policy)`),
      row(`Clients   ${clients}`),
      row(`Waiting   ${count(pending, 'request')}${pending > 0 ? ' (kosmo approvals watch)' : ''}`),
      shows === ''
        ? row('Shown on  nothing: open the app or kosmo approvals watch, or nobody can be asked', 'warn')
        : row(`Shown on  ${shows}`),
      ...problems.map(problem => row(`Problem   ${clean(problem)}`, 'warn')),
    ])
    return EXIT.ok
  })
}
