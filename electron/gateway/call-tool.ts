import { type Refusal, refusalMessage } from '../../shared/approvals/outcome.ts'
import { errorLine, KosmoError } from '../../shared/errors.ts'
import type { BrokerMethods } from '../../shared/protocol/gateway-methods.ts'
import { fitResult, itemCharacters } from '../../shared/results/fit.ts'
import type { Reader } from '../../shared/results/reader.ts'
import { cleanLine } from '../../shared/text/clean.ts'
import { ellipsis } from '../../shared/text/shorten.ts'
import { startDeadline } from '../integrations/deadline.ts'
import type {
  Call,
  Environment,
  Integration,
  IntegrationFunction,
  Result,
} from '../integrations/integration.ts'
import { Accounts } from './accounts.ts'
import { Pace } from './engine.ts'
import { parseInput } from './parse-input.ts'
import { Questions } from './questions.ts'
import { type ToolCall, type ToolResult, UnknownTool } from './sdk.ts'
import { callableNames } from './tool-list.ts'
import { WritesInFlight } from './write-once.ts'

export type CallOptions = {
  integrations: readonly Integration[]
  broker: BrokerMethods
  environment: Environment
  /** Of a whole result, data and text together. */
  maxResultCharacters: number
  reader?: Reader | undefined
  /** One line about a fault of ours, for stderr; never with values in it. */
  report(line: string): void
}

/** Everything that one call needs ends within this: clients give up after 60 s. */
const CALL_DEADLINE_MS = 45_000

/** What stands around the text of an error in its result, in characters. */
const ERROR_FRAME = 80

type Found = { integration: Integration; definition: IntegrationFunction<unknown> }

export type ToolHandler = {
  /** Answers `tools/call`. @throws UnknownTool */
  call(call: ToolCall): Promise<ToolResult>
  /** Makes the first connections ahead of the first call; never fails. */
  warmUp(): Promise<void>
  /** What the broker may ask of the one who handles the calls. */
  questions: Questions
  accounts: Accounts
  /** Calls that have no answer yet. */
  callsAtOnce(): number
  /** Writes that have left and have no answer yet: a process that ends now would not know what became of them. */
  writesInFlight(): number
}

/** Makes the handler of `tools/call`: find, check, decide, run, render. Every failure becomes a result that says so. */
export function createToolHandler(options: CallOptions): ToolHandler {
  const { broker, environment, integrations } = options
  const tools = new Map<string, Found>()
  for (const integration of integrations) {
    for (const definition of integration.functions) {
      for (const name of callableNames(integration, definition)) tools.set(name, { integration, definition })
    }
  }
  const accounts = new Accounts(broker, environment)
  const questions = new Questions(broker, environment.monotonic)
  const writes = new WritesInFlight()
  const parts: Parts = { ...options, accounts, questions, writes }
  const pace = new Pace()
  return {
    async call(call) {
      const found = tools.get(call.name)
      if (found === undefined) throw new UnknownTool(`Unknown tool: ${ellipsis(cleanLine(call.name), 100)}`)
      const began = environment.monotonic()
      pace.callStarted()
      const ended = await endOf(found, call, parts)
      pace.callEnded()
      const { integration, definition } = found
      const record = broker.record({
        calls: [
          {
            integration: integration.id,
            function: definition.name,
            ...targetOf(call.arguments),
            outcome: ended.outcome,
            ms: Math.round(environment.monotonic() - began),
            characters: ended.result.content.reduce((sum, { text }) => sum + text.length, 0),
          },
        ],
      })
      // What cannot be written down is the broker's to report; a write was on record before it was sent.
      Promise.resolve(record).catch(() => undefined)
      return ended.result
    },
    async warmUp() {
      for (const integration of integrations) {
        try {
          await integration.warmUp(await accounts.service(integration))
        } catch {
          // What is wrong is told by the first call, where somebody reads it.
        }
      }
    },
    questions,
    accounts,
    callsAtOnce: () => pace.atOnce,
    writesInFlight: () => writes.size,
  }
}

type Parts = CallOptions & { accounts: Accounts; questions: Questions; writes: WritesInFlight }

/** A call's result, and the word for it that goes into the audit. */
type Ended = { result: ToolResult; outcome: string }

async function endOf(found: Found, call: ToolCall, parts: Parts): Promise<Ended> {
  try {
    return await run(found, call, parts)
  } catch (error) {
    const text = ellipsis(explain(error, parts), parts.maxResultCharacters - ERROR_FRAME)
    return { result: failure(text), outcome: error instanceof KosmoError ? error.code : 'internal' }
  }
}

async function run({ integration, definition }: Found, call: ToolCall, parts: Parts): Promise<Ended> {
  const { accounts, broker } = parts
  const input = parseInput(definition.input, call.arguments)
  const of = { integration: integration.id, function: definition.name }
  // Before anything is looked up: under deny nothing at all reaches the server.
  const refused = definition.access === 'write' ? await broker.mayWrite(of) : null
  if (refused !== null) return refusal(refused)
  const service = await accounts.service(integration)
  const deadline = startDeadline(call.signal, CALL_DEADLINE_MS)
  const within: Call<unknown> = {
    service,
    signal: deadline.signal,
    now: parts.environment.now,
    client: { name: call.clientName, callId: call.callId },
    itemChars: itemCharacters(parts.maxResultCharacters, parts.reader),
  }
  try {
    return await answer(definition, { within, input, of, call }, parts)
  } finally {
    deadline.clear()
  }
}

type Asked = {
  within: Call<unknown>
  input: unknown
  of: { integration: string; function: string }
  call: ToolCall
}

async function answer(
  definition: IntegrationFunction<unknown>,
  { within, input, of, call }: Asked,
  parts: Parts,
): Promise<Ended> {
  const { broker, questions, writes } = parts
  if (definition.access === 'read') {
    return { result: success(definition, await definition.run(within, input), parts), outcome: 'ok' }
  }
  const prepared = await definition.prepare(within, input)
  const written = await writes.run(prepared, call, { broker, questions, of })
  if (written.kind === 'refused') return refusal(written.outcome)
  const { result, duplicate } = written
  const told = duplicate ? { output: definition.asDuplicate(result.output) } : result
  return { result: success(definition, told, parts), outcome: duplicate ? 'duplicate' : 'ok' }
}

/** What a call was about, by the ids and names among its arguments: never by texts. */
function targetOf(given: Record<string, unknown>): { target?: string } {
  const named = Object.entries(given).filter(
    ([key, value]) => key.endsWith('_id') && typeof value === 'string',
  )
  if (named.length === 0) return {}
  return { target: ellipsis(cleanLine(named.map(([key, value]) => `${key}=${value}`).join(' ')), 300) }
}

function success(
  definition: IntegrationFunction<unknown>,
  result: Result<unknown>,
  { maxResultCharacters, reader }: CallOptions,
): ToolResult {
  const text = (output: unknown) => definition.text(output)
  const { structured, text: told } = fitResult(result, text, maxResultCharacters, reader)
  return { content: [{ type: 'text', text: told }], structuredContent: structured }
}

function refusal(outcome: Refusal): Ended {
  // Waiting is no failure: a client that takes it for one gives up.
  if (outcome.kind === 'pending_approval') {
    const text = refusalMessage(outcome)
    const structuredContent = { status: outcome.kind, approval_id: outcome.id, next: text }
    return { result: { content: [{ type: 'text', text }], structuredContent }, outcome: outcome.kind }
  }
  return { result: failure(`ERROR: ${refusalMessage(outcome)} [${outcome.kind}]`), outcome: outcome.kind }
}

function failure(text: string): ToolResult {
  return { content: [{ type: 'text', text }], isError: true }
}

function explain(error: unknown, { report }: CallOptions): string {
  if (error instanceof KosmoError) return errorLine(error)
  // Messages of exceptions may hold anything, the token too: neither the model nor the log gets them.
  const stack =
    error instanceof Error ? (error.stack ?? '').split('\n').filter(line => /^\s+at /.test(line)) : []
  report(
    `internal fault: ${error instanceof Error ? error.name : typeof error}${stack.slice(0, 3).join(' <')}`,
  )
  return errorLine(
    new KosmoError('internal', 'KosmoKrator had a fault of its own. Try again; if it stays, report it.'),
  )
}
