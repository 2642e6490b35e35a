import { EXIT, exitCodeLines } from '../exit-codes.ts'
import { NO_BROKER, withBroker } from '../terminal/broker-session.ts'
import { decideCommand } from '../terminal/decide.ts'
import { readFlags } from '../terminal/flags.ts'
import { type CliIo, processIo } from '../terminal/io.ts'
import { fail, printJson } from '../terminal/print.ts'
import { printRequest } from '../terminal/print-request.ts'
import { clean } from '../terminal/request-rows.ts'
import { watchApprovals } from '../terminal/watch.ts'

export const APPROVALS_HELP = `kosmo approvals: the posts that wait for your decision

  kosmo approvals [--json]              lists them, each whole
  kosmo approvals watch                 shows them as they come, one at a time; keys decide
  kosmo approvals approve ID            shows one and approves it once you typed the code that it shows
  kosmo approvals deny ID [--reason=…]  denies one; the agent is told the reason

Deciding needs a real terminal with a person at it: not a pipe, and not the shell of an agent.
In watch: a approve once, d deny, r deny with a reason, e edit in $VISUAL or $EDITOR, g approve and remember,
x more time, space and b page, q quit. Keys do nothing for a moment after something new is on the screen.

${exitCodeLines().join('\n')}`

/** `kosmo approvals`: lists what waits for a person, or takes a decision. Gives the exit code. */
export async function approvalsCommand(args: string[], io: CliIo = processIo()): Promise<number> {
  const flags = readFlags(args, { json: 'boolean', reason: 'string' })
  if (flags.kind === 'usage-error') return usage(io, flags.message)
  const [word, id, ...more] = flags.words
  const json = flags.on('json')
  const reason = flags.value('reason')
  if (flags.on('help')) {
    io.out(APPROVALS_HELP)
    return EXIT.ok
  }
  if (reason !== undefined && word !== 'deny') return usage(io, '--reason belongs to deny')
  if (json && word !== undefined && word !== 'list') return usage(io, '--json belongs to the list')
  if (more.length > 0) return usage(io, `"${clean(more.join(' ')).slice(0, 60)}" is one word too many`)
  switch (word) {
    case undefined:
    case 'list':
      return id === undefined ? list(io, json) : usage(io, 'the list takes no id')
    case 'watch':
      return id === undefined ? watchApprovals(io) : usage(io, 'watch takes no id')
    case 'approve':
    case 'deny':
      return id === undefined ? usage(io, `${word} which? Give its id`) : decideCommand(io, word, id, reason)
    default:
      return usage(io, `there is no "kosmo approvals ${clean(word).slice(0, 40)}"`)
  }
}

function list(io: CliIo, json: boolean): Promise<number> {
  return withBroker(io, json, async session => {
    if (session.kind === 'none') return fail(io, 'noBroker', NO_BROKER, json)
    const { broker } = session.client
    const approvals = (await broker.listApprovals({})).toSorted((one, other) => one.askedAt - other.askedAt)
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

function usage(io: CliIo, message: string): number {
  return fail(io, 'usage', `${message}. See kosmo approvals --help.`)
}
