import { createBirpc } from 'birpc'
import * as z from 'zod'
import { ERROR_CODES, KosmoError } from '../../../shared/errors.ts'
import type { Handlers, MethodTable, Remote } from '../../../shared/protocol/method-table.ts'

/** Carries messages to another process: a socket's lines, or a child's ipc. */
export type Channel = {
  send(message: unknown): void
  /** Called once; every message of the other side goes to `listener`. */
  listen(listener: (message: unknown) => void): void
  /** Ends the connection. Called where the other side does not keep to the protocol. */
  drop(why: string): void
}

export type PeerOptions<Local extends MethodTable, Other extends MethodTable> = {
  channel: Channel
  /** What we answer. */
  local: Local
  handlers: Handlers<Local>
  /** What the other side answers. */
  remote: Other
  /** Why the other side may not call a method; undefined where it may. */
  refuse?(method: keyof Local & string): string | undefined
  /** One line about a fault of ours; never with values in it. */
  report(line: string): void
}

export type Peer<Other extends MethodTable> = {
  remote: Remote<Other>
  /** Calls that wait fail with `unreachable`; later ones too. */
  close(): void
}

const id = z.string().max(64)

/** birpc's own frames, read strictly: what the other side sends is hostile until parsed. */
const frame = z.discriminatedUnion('t', [
  z.strictObject({
    t: z.literal('q'),
    i: id.optional(),
    m: z.string().max(64),
    a: z.array(z.unknown()).max(1),
  }),
  z.strictObject({
    t: z.literal('s'),
    i: id,
    r: z.unknown().optional(),
    e: z.strictObject({ code: z.enum(ERROR_CODES), message: z.string().max(4_000) }).optional(),
  }),
])

/** Two processes that call each other by their method tables; everything is parsed where it arrives. */
export function openPeer<Local extends MethodTable, Other extends MethodTable>(
  options: PeerOptions<Local, Other>,
): Peer<Other> {
  const { remote } = options
  let isDropped = false
  const channel: Channel = {
    ...options.channel,
    drop(why) {
      isDropped = true
      options.channel.drop(why)
    },
  }
  const rpc = createBirpc<Record<string, (params: unknown) => unknown>, Record<string, never>, false>(
    {},
    {
      proxify: false,
      // Who asks a person waits as long as a person takes.
      timeout: -1,
      resolver: name => answerer({ ...options, channel, isDropped: () => isDropped }, name),
      on: listener =>
        channel.listen(message => {
          const read = frame.safeParse(message)
          if (!read.success) return channel.drop('a message that is not one of the protocol')
          // Its promise fails where an answer cannot be sent: the connection is gone then.
          Promise.resolve(listener(read.data)).catch(() => undefined)
        }),
      post: message => channel.send(message),
      serialize: message => ('e' in message ? { ...message, e: toWire(message.e, options.report) } : message),
      deserialize: message => (message.e === undefined ? message : { ...message, e: fromWire(message.e) }),
    },
  )
  const calls = Object.entries(remote).map(([name, { params, result }]) => [
    name,
    async (given: unknown) => {
      if (rpc.$closed) throw connectionEnded()
      return result.parse(await rpc.$call(name, params.parse(given)))
    },
  ])
  return {
    remote: Object.fromEntries(calls),
    close: () => rpc.$close(connectionEnded()),
  }
}

function answerer<Local extends MethodTable, Other extends MethodTable>(
  { local, handlers, refuse, channel, isDropped }: PeerOptions<Local, Other> & { isDropped(): boolean },
  name: string,
) {
  const method = Object.hasOwn(local, name) ? local[name] : undefined
  const handler = Object.hasOwn(handlers, name) ? handlers[name] : undefined
  if (method === undefined || handler === undefined) {
    channel.drop('a call of a method that there is not')
    return () => new Promise(() => undefined)
  }
  return async (given: unknown) => {
    // What came in one piece with the message that ended the connection.
    if (isDropped()) return new Promise(() => undefined)
    const refused = refuse?.(name)
    if (refused !== undefined) throw new KosmoError('forbidden', refused)
    const params = method.params.safeParse(given)
    if (!params.success) {
      channel.drop(`a call of ${name} with other values than it takes`)
      return new Promise(() => undefined)
    }
    return handler(params.data as never)
  }
}

function connectionEnded(): KosmoError {
  return new KosmoError('unreachable', 'The connection to the KosmoKrator broker ended.')
}

function toWire(error: unknown, report: (line: string) => void): { code: string; message: string } {
  if (error instanceof KosmoError) return { code: error.code, message: error.message.slice(0, 4_000) }
  report(`internal fault: ${error instanceof Error ? error.name : typeof error}`)
  return { code: 'internal', message: 'KosmoKrator had a fault of its own.' }
}

function fromWire(error: unknown): KosmoError {
  const { code, message } = error as { code: KosmoError['code']; message: string }
  return new KosmoError(code, message)
}
