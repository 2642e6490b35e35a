import { exactTime } from '../../../shared/text/time.ts'
import { EXIT } from '../exit-codes.ts'
import { clientsEntry } from '../reference/entries/decisions.ts'
import { flagKinds } from '../reference/entry.ts'
import { helpText } from '../reference/help-text.ts'
import { NO_BROKER, withBroker } from '../terminal/broker-session.ts'
import { readFlags } from '../terminal/flags.ts'
import { type CliIo, processIo } from '../terminal/io.ts'
import { fail, failUsage, printJson, tableLines } from '../terminal/print.ts'
import { clean } from '../terminal/request-rows.ts'

/** `kosmo clients`: who is connected and what holds for each. Gives the exit code. */
export async function clientsCommand(args: string[], io: CliIo = processIo()): Promise<number> {
  const flags = readFlags(args, flagKinds(clientsEntry))
  if (flags.kind === 'usage-error' || flags.words.length > 0) {
    const message = flags.kind === 'usage-error' ? flags.message : 'clients takes no words'
    return failUsage(io, 'clients', message, args)
  }
  if (flags.on('help')) {
    io.out(helpText(clientsEntry))
    return EXIT.ok
  }
  const json = flags.on('json')
  return withBroker(io, json, async session => {
    if (session.kind === 'none') return fail(io, 'noBroker', NO_BROKER, json)
    const clients = await session.client.broker.clients({})
    if (json) printJson(io, { success: true, clients })
    else if (clients.length === 0) io.out('No client is connected.')
    else {
      const head = ['CLIENT', 'WRITES', 'CALLS', 'WAITING', 'ACCOUNT', 'PROCESS', 'SINCE', 'WORKS IN']
      const rows = clients.map(each => [
        `${clean(each.client)} ${clean(each.version)}`,
        each.effective,
        String(each.calls),
        String(each.pending),
        clean(each.account),
        String(each.pid),
        exactTime(each.connectedAt),
        clean(each.workspace),
      ])
      for (const line of tableLines(head, rows)) io.out(line)
    }
    return EXIT.ok
  })
}
