import { KosmoError } from '../../../shared/errors.ts'
import type { Handlers } from '../../../shared/protocol/method-table.ts'
import type { surfaceEvents } from '../../../shared/protocol/surface-methods.ts'
import { cleanLine } from '../../../shared/text/clean.ts'
import { type BrokerClient, connectBroker } from '../../broker/broker-client.ts'
import type { CliIo } from './io.ts'
import type { Person } from './person.ts'
import { fail } from './print.ts'

export const NO_BROKER = 'no broker runs. Start the KosmoKrator app, or `kosmo broker`.'

export type PersonSession = { kind: 'none' } | { kind: 'connected'; client: BrokerClient; person: Person }

/**
 * Connects as what we are: a person's terminal, or not. Asks the broker first who its clients are, since no one of
 * them may be above us.
 */
export async function connectPerson(
  io: CliIo,
  events?: Handlers<typeof surfaceEvents>,
): Promise<PersonSession> {
  const { variables } = io
  const first = await connectBroker({ variables, interactive: false })
  if (first === undefined) return { kind: 'none' }
  let person: Person
  try {
    const clients = await first.broker.clients({})
    person = await io.person(clients.flatMap(({ pid, parent }) => [pid, parent]).filter(pid => pid > 1))
  } catch (error) {
    first.close()
    throw error
  }
  if (!person.interactive) return { kind: 'connected', client: first, person }
  first.close()
  const client = await connectBroker({
    variables,
    interactive: person.interactive,
    ...(events && { events }),
  })
  return client === undefined ? { kind: 'none' } : { kind: 'connected', client, person }
}

/** Runs a command against the broker, or without one, and ends with its exit code whatever fails. */
export async function withBroker(
  io: CliIo,
  json: boolean,
  run: (session: PersonSession) => Promise<number>,
): Promise<number> {
  let session: PersonSession = { kind: 'none' }
  try {
    session = await connectPerson(io)
    return await run(session)
  } catch (error) {
    return fail(io, 'failure', sentenceOf(error), json)
  } finally {
    if (session.kind === 'connected') session.client.close()
  }
}

/** What a failure is for a person: our own sentences, and no other's. */
export function sentenceOf(error: unknown): string {
  return error instanceof KosmoError ? cleanLine(error.message) : 'KosmoKrator had a fault of its own.'
}
