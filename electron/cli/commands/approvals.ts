import { EXIT } from '../exit-codes.ts'
import { approvalsEntry } from '../reference/entries/decisions.ts'
import { flagKinds } from '../reference/entry.ts'
import { helpText } from '../reference/help-text.ts'
import { allApprovals } from '../terminal/all-approvals.ts'
import { NO_BROKER, withBroker } from '../terminal/broker-session.ts'
import { decideCommand } from '../terminal/decide.ts'
import { readFlags } from '../terminal/flags.ts'
import { type CliIo, processIo } from '../terminal/io.ts'
import { fail, failUsage, printJson } from '../terminal/print.ts'
import { printRequest } from '../terminal/print-request.ts'
import { clean } from '../terminal/request-rows.ts'
import { watchApprovals } from '../terminal/watch.ts'

/** `kosmo approvals`: lists what waits for a person, or takes a decision. Gives the exit code. */
export async function approvalsCommand(args: string[], io: CliIo = processIo()): Promise<number> {
  const usage = (message: string) => failUsage(io, 'approvals', message, args)
  const flags = readFlags(args, flagKinds(approvalsEntry))
  if (flags.kind === 'usage-error') return usage(flags.message)
  const [word, id, ...more] = flags.words
  const json = flags.on('json')
  const reason = flags.value('reason')
  if (flags.on('help')) {
    io.out(helpText(approvalsEntry))
    return EXIT.ok
  }
  if (reason !== undefined && word !== 'deny') return usage('--reason belongs to deny')
  if (json && word !== undefined && word !== 'list') return usage('--json belongs to the list')
  if (more.length > 0) return usage(`"${clean(more.join(' ')).slice(0, 60)}" is one word too many`)
  switch (word) {
    case undefined:
    case 'list':
      return id === undefined ? list(io, json) : usage('the list takes no id')
    case 'watch':
      return id === undefined ? watchApprovals(io) : usage('watch takes no id')
    case 'approve':
    case 'deny':
      return id === undefined ? usage(`${word} which? Give its id`) : decideCommand(io, word, id, reason)
    default:
      return usage(`there is no "kosmo approvals ${clean(word).slice(0, 40)}"`)
  }
}

function list(io: CliIo, json: boolean): Promise<number> {
  return withBroker(io, json, async session => {
    if (session.kind === 'none') return fail(io, 'noBroker', NO_BROKER, json)
    const { broker } = session.client
    const approvals = (await allApprovals(broker)).toSorted((one, other) => one.askedAt - other.askedAt)
    if (json) {
      printJson(io, { success: true, approvals })
      return EXIT.ok
    }
    if (approvals.length === 0) io.out('Nothing waits for a decision.')
    for (const approval of approvals) printRequest(io, approval)
    const ids = approvals.map(({ id }) => id)
    // In a pipe nobody has seen anything.
    if (session.person.interactive && ids.length > 0) await broker.reportShown({ ids })
    return EXIT.ok
  })
}
