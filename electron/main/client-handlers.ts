import { KosmoError } from '../../shared/errors.ts'
import { clientMethods } from '../../shared/protocol/client-methods.ts'
import type { Handlers } from '../../shared/protocol/method-table.ts'

/** What windows ask about other programs' configuration. */
export function clientHandlers(): Handlers<typeof clientMethods> {
  const answer = () => {
    throw new KosmoError(
      'unavailable',
      'Other programs cannot be set up from here yet. The README says what to write into their configuration.',
    )
  }
  const names = Object.keys(clientMethods)
  return Object.fromEntries(names.map(name => [name, answer])) as never
}
