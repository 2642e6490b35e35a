import type { Answer, Answered, Approval } from '../../../shared/approvals/approval.ts'
import { assertNever } from '../../../shared/assert-never.ts'
import { oneAtATime } from '../../broker/wire/one-at-a-time.ts'
import { connectPerson } from '../terminal/broker-session.ts'
import type { CliIo } from '../terminal/io.ts'
import type { Decider } from './own-session.ts'

/** What the person at this terminal can do about the posts of this process. */
export type Desk = {
  /** These were on the screen, whole. */
  shown(ids: string[]): void
  answer(id: string, answer: Answer): Promise<Answered>
  close(): void
}

/**
 * Lets the person who sits here be asked; `listener` is told what of this process waits. Undefined where no person
 * does, by the rules of `kosmo approvals`: others are asked elsewhere then.
 */
export async function openDesk(
  io: CliIo,
  decider: Decider,
  listener: (approvals: Approval[]) => void,
): Promise<Desk | undefined> {
  switch (decider.kind) {
    case 'broker':
      return brokerDesk(io, listener)
    case 'solo': {
      if (!(await io.person([])).interactive) return undefined
      const { desk } = decider
      desk.watch(listener)
      return {
        shown: ids => desk.shown(ids),
        answer: (id, answer) => desk.answer(id, answer),
        close: () => {},
      }
    }
    default:
      return assertNever(decider)
  }
}

async function brokerDesk(io: CliIo, listener: (approvals: Approval[]) => void): Promise<Desk | undefined> {
  const session = await connectPerson(io, {
    approvalsChanged() {
      tell()
      return null
    },
  })
  if (session.kind === 'none') return undefined
  const { broker, close } = session.client
  if (!session.person.interactive) {
    close()
    return undefined
  }
  // Somebody else's posts are for `kosmo approvals watch`.
  const tell = oneAtATime(async () => {
    try {
      const clients = await broker.clients({})
      const own = clients.filter(({ pid }) => pid === process.pid)
      // Asked for, since others' may be all that goes into one message.
      const waiting = await Promise.all(own.map(({ session }) => broker.listApprovals({ session })))
      listener(waiting.flat())
    } catch {
      listener([])
    }
  })
  void session.client.closed.then(() => listener([]))
  await broker.watchApprovals({})
  return {
    shown: ids => void broker.reportShown({ ids }).catch(() => undefined),
    answer: (id, answer) => broker.answer({ id, answer }),
    close,
  }
}
