import { cleanLine } from '../../../../shared/text/clean.ts'
import { getUsersByIds } from '../api/reads.ts'
import type { WireUser } from '../api/wire.ts'
import type { MattermostService } from '../service.ts'

/** Ids asked for in one request; the body stays far below every limit of the server. */
const BATCH = 100

/** People by id. Those whom the account may not see, or who do not exist, are missing. */
export async function findPeople(
  service: MattermostService,
  ids: Iterable<string>,
  signal: AbortSignal,
): Promise<Map<string, WireUser>> {
  const found = new Map<string, WireUser>()
  const unknown: string[] = []
  for (const id of new Set(ids)) {
    if (id === '') continue
    const known = service.known.people.get(id)
    if (known === undefined) unknown.push(id)
    else found.set(id, known)
  }
  const batches: Promise<WireUser[]>[] = []
  for (let start = 0; start < unknown.length; start += BATCH) {
    batches.push(getUsersByIds(service.client, unknown.slice(start, start + BATCH), signal))
  }
  for (const user of (await Promise.all(batches)).flat()) {
    service.known.people.set(user.id, user)
    found.set(user.id, user)
  }
  return found
}

/** The user name, or a stand-in by which two unknown people can still be told apart. */
export function userName(people: ReadonlyMap<string, WireUser>, id: string): string {
  const user = people.get(id)
  if (user !== undefined) return cleanLine(user.username)
  return id === '' ? 'system' : `unknown-${id.slice(0, 6)}`
}
