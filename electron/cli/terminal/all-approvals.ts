import type { Approval } from '../../../shared/approvals/approval.ts'
import type { BrokerRemote } from '../../../shared/protocol/surface-methods.ts'

/** All that waits for a person, oldest first, however much that is: one message takes a part of it. */
export async function allApprovals(broker: Pick<BrokerRemote, 'listApprovals'>): Promise<Approval[]> {
  const all = new Map<string, Approval>()
  let last: string | undefined
  for (;;) {
    const page = await broker.listApprovals(last === undefined ? {} : { after: last })
    const fresh = page.filter(({ id }) => !all.has(id))
    for (const approval of fresh) all.set(approval.id, approval)
    last = fresh.at(-1)?.id
    if (last === undefined) return [...all.values()]
  }
}
