import type * as z from 'zod'
import { type Refusal, refusalMessage } from '../../shared/approvals/outcome.ts'
import { errorLine, KosmoError } from '../../shared/errors.ts'
import { fitResult, itemCharacters } from '../../shared/results/fit.ts'
import { cleanLine } from '../../shared/text/clean.ts'
import { ellipsis } from '../../shared/text/shorten.ts'
import type { Broker } from '../broker/broker.ts'
import type {
  Call,
  Environment,
  Integration,
  IntegrationFunction,
  Result,
} from '../integrations/integration.ts'
import { type ToolCall, type ToolResult, UnknownTool } from './sdk.ts'
import { callableNames } from './tool-list.ts'
import { WritesInFlight } from './write-once.ts'

export type CallOptions = {
  integrations: readonly Integration[]
  broker: Broker
  environment: Environment
  /** Of a whole result, data and text together. */
  maxResultCharacters: number
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
}

/** Makes the handler of `tools/call`: find, check, decide, run, render. Every failure becomes a result that says so. */
export function createToolHandler(options: CallOptions): ToolHandler {
  const tools = new Map<string, Found>()
  for (const integration of options.integrations) {
    for (const definition of integration.functions) {
      for (const name of callableNames(integration, definition)) tools.set(name, { integration, definition })
    }
  }
  const services = new Map<Integration, unknown>()
  const writes = new WritesInFlight()
  return {
    async call(call) {
      const found = tools.get(call.name)
      if (found === undefined) throw new UnknownTool(`Unknown tool: ${ellipsis(cleanLine(call.name), 100)}`)
      try {
        return await check(found, services, call, options, writes)
      } catch (error) {
        return failure(ellipsis(explain(error, options), options.maxResultCharacters - ERROR_FRAME))
      }
    },
    async warmUp() {
      for (const integration of options.integrations) {
        for (const { input } of integration.functions) input.safeParse({})
        try {
          await integration.warmUp(serviceOf(integration, services, options))
        } catch {
          // What is wrong is told by the first call, where somebody reads it.
        }
      }
    },
  }
}

async function check(
  { integration, definition }: Found,
  services: Map<Integration, unknown>,
  call: ToolCall,
  options: CallOptions,
  writes: WritesInFlight,
): Promise<ToolResult> {
  const input = parseInput(definition.input, call.arguments)
  // Before anything is looked up: under deny nothing at all reaches the server.
  const refused = definition.access === 'write' ? options.broker.refuseWrite() : undefined
  if (refused !== undefined) return refusal(refused)
  return run(definition, input, serviceOf(integration, services, options), call, options, writes)
}

async function run(
  definition: IntegrationFunction<unknown>,
  input: unknown,
  service: unknown,
  call: ToolCall,
  options: CallOptions,
  writes: WritesInFlight,
): Promise<ToolResult> {
  const within: Call<unknown> = {
    service,
    signal: AbortSignal.any([call.signal, AbortSignal.timeout(CALL_DEADLINE_MS)]),
    now: options.environment.now,
    client: { name: call.clientName, callId: call.callId },
    itemChars: itemCharacters(options.maxResultCharacters),
  }
  if (definition.access === 'read') {
    return success(definition, await definition.run(within, input), options)
  }
  const prepared = await definition.prepare(within, input)
  const written = await writes.run(prepared, call, options.broker)
  if (written.kind === 'refused') return refusal(written.outcome)
  const { result, duplicate } = written
  return success(definition, duplicate ? { output: definition.asDuplicate(result.output) } : result, options)
}

function success(
  definition: IntegrationFunction<unknown>,
  result: Result<unknown>,
  { maxResultCharacters }: CallOptions,
): ToolResult {
  const { structured, text } = fitResult(result, output => definition.text(output), maxResultCharacters)
  return { content: [{ type: 'text', text }], structuredContent: structured }
}

function refusal(outcome: Refusal): ToolResult {
  return failure(`ERROR: ${refusalMessage(outcome)} [${outcome.kind}]`)
}

function failure(text: string): ToolResult {
  return { content: [{ type: 'text', text }], isError: true }
}

function parseInput(schema: z.ZodType, given: Record<string, unknown>): unknown {
  const parsed = schema.safeParse(given)
  if (parsed.success) return parsed.data
  const problems = parsed.error.issues.slice(0, 5).map(issue => describeIssue(issue, given))
  throw new KosmoError('invalid_input', `${problems.join('; ')}. Nothing was sent.`)
}

/** A zod issue in words of ours: zod's own may quote what was given. */
function describeIssue(issue: z.core.$ZodIssue, given: Record<string, unknown>): string {
  const field = issue.path.map(String).join('.')
  if (issue.code === 'unrecognized_keys') {
    return `unknown argument ${issue.keys
      .slice(0, 5)
      .map(key => `"${ellipsis(cleanLine(key), 40)}"`)
      .join(', ')}`
  }
  if (given[field] === undefined) return `${field} is required`
  switch (issue.code) {
    case 'invalid_type':
      return `${field} must be ${issue.expected === 'int' ? 'a whole number' : `of type ${issue.expected}`}`
    case 'too_small':
      return issue.origin === 'string'
        ? `${field} must not be empty`
        : `${field} must be at least ${issue.minimum}`
    case 'too_big':
      return `${field} must be at most ${issue.maximum}${issue.origin === 'string' ? ' characters' : ''}`
    case 'invalid_value':
      return `${field} must be one of ${issue.values.map(String).join(', ')}`
    default:
      return `${field} is not valid`
  }
}

function serviceOf(
  integration: Integration,
  services: Map<Integration, unknown>,
  options: CallOptions,
): unknown {
  const known = services.get(integration)
  if (known !== undefined) return known
  const service = integration.connect(options.broker.credentials(integration), options.environment)
  services.set(integration, service)
  return service
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
