import { cleanText } from '../../../shared/text/clean.ts'
import { isAccountName } from '../../broker/accounts/accounts.ts'
import { connectBroker } from '../../broker/broker-client.ts'
import type { CatalogueFunction } from '../../integrations/find-function.ts'
import { DEFAULT_ACCOUNT } from '../configure/changes.ts'
import { EXIT } from '../exit-codes.ts'
import { inputSchema } from '../integrations/function-json.ts'
import { providerFacts, readSettings } from '../integrations/provider-facts.ts'
import { failure, usage } from '../integrations/tell.ts'
import type { CommandEntry } from '../reference/entry.ts'
import type { CliIo } from '../terminal/io.ts'
import { printReadableJson } from '../terminal/print.ts'
import { missingParameters, whyNoCall } from './before-call.ts'
import { type CallEnd, failureLine } from './call-end.ts'
import { readCallFlags } from './call-flags.ts'
import { dryRun } from './dry-run.ts'
import { envelope } from './envelope.ts'
import { limitsHere } from './limits-here.ts'
import { type FunctionCall, type OwnClient, openCalls } from './open-calls.ts'
import { readPayload } from './read-payload.ts'

const CLIENT: OwnClient = 'kosmo-cli'

/**
 * Calls a function as the words of a command line say. Gives the exit code.
 *
 * @throws KosmoError where the settings cannot be read
 */
export async function callFunction(
  found: CatalogueFunction,
  words: readonly string[],
  entry: CommandEntry,
  io: CliIo,
): Promise<number> {
  const json = words.includes('--json')
  const schema = inputSchema(found)
  const read = readCallFlags(words, schema)
  if (read.kind === 'usage-error') return usage(io, entry, read.message, json)
  const { flags } = read
  const account = flags.account ?? DEFAULT_ACCOUNT
  if (!isAccountName(account)) {
    return usage(io, entry, '--account takes 1 to 64 letters, digits, ".", "_" and "-"', json)
  }
  if (flags.force) io.err('kosmo: --force lifts nothing: deny stays deny, and ask asks.')
  const isMissing = missingParameters(schema, flags.given).length > 0
  const payload = await readPayload(flags.payload, isMissing, io)
  if (payload.kind === 'wrong') return failure(io, payload.why, json)
  const call: FunctionCall = { function: found, account, arguments: { ...payload.payload, ...flags.given } }

  const { id } = found.integration
  const settings = readSettings(io)
  const limits = limitsHere(io)
  const facts = providerFacts(found.integration, settings, io.variables, limits[id])
  const whyNot = whyNoCall(id, account, facts, missingParameters(schema, call.arguments))
  if (whyNot !== undefined) return failure(io, whyNot, json)

  const began = performance.now()
  if (flags.dryRun) {
    const hasBroker = await isBrokerThere(io)
    const around = { client: CLIENT, settings, facts, limit: limits[id], variables: io.variables, hasBroker }
    return told(io, call, dryRun(call, around), { json, isDryRun: true, ms: performance.now() - began })
  }
  const calls = openCalls({ io, client: CLIENT, limits })
  try {
    const end = await calls.run(call)
    const code = told(io, call, end, { json, isDryRun: false, ms: performance.now() - began })
    return calls.isInterrupted ? EXIT.interrupted : code
  } finally {
    await calls.close()
  }
}

function told(
  io: CliIo,
  call: FunctionCall,
  end: CallEnd,
  { json, isDryRun, ms }: { json: boolean; isDryRun: boolean; ms: number },
): number {
  if (json) printReadableJson(io, envelope(call, end, isDryRun, ms))
  else if (end.kind === 'done') io.out(cleanText(end.text))
  else io.err(`kosmo: ${end.kind === 'failed' ? failureLine(end) : end.message}`)
  return end.kind === 'done' ? EXIT.ok : EXIT.failure
}

async function isBrokerThere({ variables }: CliIo): Promise<boolean> {
  const client = await connectBroker({ variables, interactive: false })
  client?.close()
  return client !== undefined
}
