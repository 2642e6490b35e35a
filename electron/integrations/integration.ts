import type * as z from 'zod'
import type { WriteSubject } from '../../shared/approvals/write-subject.ts'
import type { Journal } from '../../shared/posting/journal.ts'
import type { Pieces } from '../../shared/results/fit.ts'

/** One value that an account of an integration consists of. */
export type CredentialField = {
  key: string
  label: string
  /** `file`: a path, stored as an absolute one. */
  type: 'secret' | 'url' | 'text' | 'file'
  required: boolean
  description: string
  /** The environment variable that gives it where no account is stored (CI, containers). */
  variable: string
  /** It says how the server is reached: `connect` finds it among the variables. */
  isConnection?: true
}

/** What the server says about an account whose values work. */
export type Verified = {
  /** The server's address, e.g. `https://chat.example.org`. */
  server: string
  /** Whom the token belongs to, as people write it: `@alice`. */
  user: string
  /** The name that people go by, e.g. `Ada Lovelace`; undefined where the server has none. */
  name: string | undefined
  /** Their picture as a `data:` URL of at most 256 kB of bytes; undefined where there is none that can be used. */
  avatar: string | undefined
  /** Names of the teams that the account is on. */
  teams: string[]
  /** What a person should know before they use it, as sentences. */
  warnings: string[]
  /** What the server's clock says, in milliseconds since 1970; undefined where it does not tell. */
  serverTime: number | undefined
}

/** A team with the channels that an account is in; names as they stand in links, titles as people call them. */
export type Place = {
  team: string
  title: string
  channels: { channel: string; title: string; kind: 'public' | 'private' }[]
}

/** What a function may use while it runs. */
export type Call<Service> = {
  service: Service
  /** Aborts when the client cancels or leaves, or the time for the whole call is over. */
  signal: AbortSignal
  /** Milliseconds since 1970. */
  now(): number
  /** The client's name for itself, and its id for this call where it sends one. Neither is proof of anything. */
  client: { name: string; callId: string | undefined }
  /** Longest text of one item of a list, in characters; shorter where the whole result must be short. */
  itemChars: number
}

/** What a function gives, and how that is made shorter where it is too long. */
export type Result<Output> = Pieces<Output>

type FunctionFacts<Input, Output> = {
  /** Also the tool's last part: `integration__<integration>__<name>`. */
  name: string
  title: string
  description: string
  input: z.ZodType<Input>
  output: z.ZodType<Output>
  /** The same facts as `output`, as lines for a reader. */
  text(output: Output): string
}

export type ReadFunction<Service, Input = unknown, Output = unknown> = FunctionFacts<Input, Output> & {
  access: 'read'
  run(call: Call<Service>, input: Input): Promise<Result<Output>>
}

/** A write that is ready to be sent: everything is resolved and checked, nothing has been changed. */
export type PreparedWrite<Output> = {
  /** Calls with the same key are one intention: they are made one at a time, and the second gets the first's result. */
  key: string
  /** Everybody whom it notifies at once: `channel`, `all`, `here`. */
  wideMentions: string[]
  /** What will be sent, and where to. `channel`: its id, `@<person id>` where there is no direct channel yet. */
  content: { server: string; channel: string; root: string | undefined; text: string }
  /** What a person is shown; exactly this will be sent. */
  describe(signal: AbortSignal): Promise<WriteSubject>
  /**
   * The same intention with the text that a person made of it: same key, so that the same call again finds what was
   * sent. The result says what that was.
   *
   * @throws KosmoError `invalid_input` where that text cannot be sent
   */
  edited(text: string, signal: AbortSignal): Promise<PreparedWrite<Output>>
  /**
   * The result where this was done before, found out by reading alone; undefined where it may be done now.
   *
   * @throws KosmoError `unknown_outcome` where that cannot be told
   */
  earlier(signal: AbortSignal): Promise<Result<Output> | undefined>
  /**
   * Does it. `duplicate`: it turned out to be done already.
   *
   * @param signal aborts when the client is gone; a write that has left cannot be taken back by it
   * @param isHeard whether the answer still reaches somebody; yes where it is left out
   */
  send(signal: AbortSignal, isHeard?: () => boolean): Promise<{ result: Result<Output>; duplicate: boolean }>
}

export type WriteFunction<Service, Input = unknown, Output = unknown> = FunctionFacts<Input, Output> & {
  access: 'write'
  prepare(call: Call<Service>, input: Input): Promise<PreparedWrite<Output>>
  /** The output for a call that found itself done already. */
  asDuplicate(output: Output): Output
}

export type IntegrationFunction<Service> = ReadFunction<Service> | WriteFunction<Service>

/** An integration as data: what an account needs, and what can be done with it. */
export type Integration<Service = unknown> = {
  id: string
  name: string
  credentials: CredentialField[]
  functions: IntegrationFunction<Service>[]
  /**
   * Opens the service for an account; sends nothing yet.
   *
   * @throws KosmoError `not_configured` or `invalid_input` with the field that is wrong, never with its value.
   */
  connect(credentials: Record<string, string | undefined>, environment: Environment): Service
  /**
   * Asks the server whose account this is; changes nothing.
   *
   * @throws KosmoError with what is wrong: the values, the way to the server or the server
   */
  verify(credentials: Record<string, string | undefined>, environment: Environment): Promise<Verified>
  /**
   * Teams and channels that the account is in, whatever it is limited to: what its limits can be chosen from.
   *
   * @throws KosmoError as `verify` does
   */
  places(credentials: Record<string, string | undefined>, environment: Environment): Promise<Place[]>
  /** Makes the first connection ahead of the first call. Never fails: a call will tell what is wrong. */
  warmUp(service: Service): Promise<void>
  /** What can be called without a server. */
  rehearsal(environment: Environment): Rehearsal<Service>
}

/** A service whose server is made up, and calls that it answers: to run everything once ahead of the first call. */
export type Rehearsal<Service> = {
  service: Service
  calls: { function: string; arguments: Record<string, unknown> }[]
}

/** The parts of the outside world that an integration takes as parameters. */
export type Environment = {
  variables: Record<string, string | undefined>
  now(): number
  /** Milliseconds that only go forward. */
  monotonic(): number
  sleep(milliseconds: number): Promise<void>
  random(): number
  journal: Journal
}

/** A function that reads, with the types of its input and output inferred from their schemas. */
export function defineRead<Service, Input, Output>(
  definition: Omit<ReadFunction<Service, Input, Output>, 'access'>,
): ReadFunction<Service> {
  return { access: 'read', ...definition } as ReadFunction<Service>
}

/** A function that writes, with the types of its input and output inferred from their schemas. */
export function defineWrite<Service, Input, Output>(
  definition: Omit<WriteFunction<Service, Input, Output>, 'access'>,
): WriteFunction<Service> {
  return { access: 'write', ...definition } as WriteFunction<Service>
}
