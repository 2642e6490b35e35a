import type { Answer } from '../../../shared/approvals/approval.ts'
import { assertNever } from '../../../shared/assert-never.ts'
import type { BrokerRemote } from '../../../shared/protocol/surface-methods.ts'
import { EXIT } from '../exit-codes.ts'
import { type AnswerLine, askLine, makeCode } from './ask.ts'
import { NO_BROKER, withBroker } from './broker-session.ts'
import type { CliIo } from './io.ts'
import { fail } from './print.ts'
import { printRequest } from './print-request.ts'
import { clean } from './request-rows.ts'

/** `kosmo approvals approve|deny ID`: shows the request whole, then takes the person's word. Gives the exit code. */
export function decideCommand(
  io: CliIo,
  verb: 'approve' | 'deny',
  id: string,
  reason: string | undefined,
): Promise<number> {
  return withBroker(io, false, async session => {
    if (session.kind === 'none') return fail(io, 'noBroker', NO_BROKER)
    const { client, person } = session
    if (!person.interactive) return fail(io, 'needsTerminal', person.why)
    const approval = (await client.broker.listApprovals({ id })).find(each => each.id === id)
    if (approval === undefined) return fail(io, 'notPending', 'no request of that id waits for a decision.')
    printRequest(io, approval)
    await client.broker.reportShown({ ids: [id] })
    if (verb === 'deny') {
      const typed = await askLine(io, 'Deny it? Enter or y: deny, Esc or n: leave it. ', client.closed)
      if (typed.kind !== 'line' || !/^\s*(?:y|yes)?\s*$/i.test(typed.text)) return left(io, typed.kind)
      return answer(io, client.broker, id, { kind: 'deny', ...(reason === undefined ? {} : { reason }) })
    }
    const code = makeCode(io.random)
    const typed = await askLine(io, `To approve it once, type ${code}: `, client.closed)
    if (typed.kind !== 'line' || typed.text.trim().toLowerCase() !== code) return left(io, typed.kind)
    return answer(io, client.broker, id, { kind: 'approve', span: 'once', reach: 'channel' })
  })
}

function left(io: CliIo, kind: AnswerLine['kind']): number {
  io.err('kosmo: nothing was decided.')
  return kind === 'interrupt' ? EXIT.interrupted : EXIT.notConfirmed
}

async function answer(io: CliIo, broker: BrokerRemote, id: string, given: Answer): Promise<number> {
  const answered = await broker.answer({ id, answer: given })
  switch (answered.kind) {
    case 'done':
      io.out(given.kind === 'approve' ? 'Approved once.' : 'Denied. Nothing was posted.')
      return EXIT.ok
    case 'already-decided':
      return fail(io, 'notPending', `somebody had decided before: ${clean(answered.how)}.`)
    case 'unknown':
      return fail(io, 'notPending', 'it is no longer there; nothing was decided.')
    case 'invalid':
      return fail(io, 'failure', `nothing was decided: ${clean(answered.why)}`)
    default:
      return assertNever(answered)
  }
}
