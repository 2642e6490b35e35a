import { performance } from 'node:perf_hooks'
import type { FolderLimits } from '../../../shared/config/folder-limits.ts'
import { KosmoError } from '../../../shared/errors.ts'
import { allFunctions, fullName } from '../../integrations/find-function.ts'
import { type FunctionPath, readFunctionPath } from '../../lua/function-path.ts'
import type { Answered, LuaHost } from '../../lua/open-sandbox.ts'
import { missingParameters, whyNoCall } from '../calls/before-call.ts'
import { failureLine } from '../calls/call-end.ts'
import type { Calls } from '../calls/open-calls.ts'
import { documentOf, findPage } from '../integrations/docs.ts'
import { inputSchema } from '../integrations/function-json.ts'
import { providerFacts, readSettings } from '../integrations/provider-facts.ts'
import { asText } from '../integrations/render-document.ts'
import { searchFunctions } from '../integrations/search-functions.ts'
import { unknownPage } from '../integrations/unknown-name.ts'
import type { CliIo } from '../terminal/io.ts'

/** A call of a script, in the keys that scripts know from the original. */
export type CallRecord = {
  path: string
  durationMs: number
  status: 'ok' | 'error'
  error?: string
  icon: string
  name: string
  group: string
}

export type ScriptHostOptions = {
  io: CliIo
  /** Those of now: what was interrupted goes on with others. */
  calls(): Calls
  /** What files of the folder take away. */
  limits: FolderLimits
  output(text: string): void
  /** Told of each call once it has ended. */
  called(record: CallRecord): void
  /** The person wants an end of all this. */
  interrupted(): void
}

/** What a script reaches: our functions, called as any client's, and their docs. */
export function scriptHost({ io, calls, limits, output, called, interrupted }: ScriptHostOptions): LuaHost {
  const factsOf = (found: Extract<FunctionPath, { kind: 'function' }>['function']) => {
    const { integration } = found
    // Anew for each call: a script may run for long.
    return providerFacts(integration, readSettings(io), io.variables, limits[integration.id])
  }

  async function answerTo(path: FunctionPath, given: Record<string, unknown>): Promise<Answered> {
    if (path.kind === 'unknown') return { kind: 'failure', message: path.why }
    const { function: found, account } = path
    const missing = missingParameters(inputSchema(found), given)
    const whyNot = whyNoCall(found.integration.id, account, factsOf(found), missing)
    if (whyNot !== undefined) return { kind: 'failure', message: whyNot }
    const end = await calls().run({ function: found, account, arguments: given })
    if (calls().isInterrupted) interrupted()
    switch (end.kind) {
      case 'done':
        return { kind: 'value', value: end.data }
      case 'failed':
        return { kind: 'failure', message: failureLine(end) }
      case 'pending':
        return { kind: 'failure', message: end.message }
    }
  }

  return {
    output,
    async call(path, given) {
      const began = performance.now()
      const read = readFunctionPath(path)
      const answered = await orWhy(() => answerTo(read, given))
      called({
        path: `app.${path.join('.')}`,
        durationMs: Math.round((performance.now() - began) * 10) / 10,
        status: answered.kind === 'value' ? 'ok' : 'error',
        ...(answered.kind === 'failure' && { error: answered.message }),
        ...labelOf(read),
      })
      return answered
    },
    docs: (page, about) =>
      orWhy(async () => {
        switch (page) {
          case 'list':
            return told(undefined)
          case 'read':
            return told(about)
          case 'search':
            return { kind: 'value', value: found(about) }
        }
      }),
  }

  function told(name: string | undefined): Answered {
    const page = findPage(name)
    if (page === undefined) return { kind: 'failure', message: unknownPage(name ?? '') }
    const facts = documentOf(page, integration =>
      providerFacts(integration, readSettings(io), io.variables, limits[integration.id]),
    )
    return { kind: 'value', value: asText(facts) }
  }
}

/** What fails in a way of ours, settings that cannot be read for one, is for the script to hear. */
async function orWhy(answer: () => Promise<Answered>): Promise<Answered> {
  try {
    return await answer()
  } catch (error) {
    if (!(error instanceof KosmoError)) throw error
    return { kind: 'failure', message: `${error.message} [${error.code}]` }
  }
}

function labelOf(path: FunctionPath): Pick<CallRecord, 'icon' | 'name' | 'group'> {
  if (path.kind === 'unknown') return { icon: '', name: '', group: '' }
  const { integration, definition } = path.function
  return { icon: integration.id, name: definition.title, group: integration.name }
}

function found(query: string): string {
  const lines = searchFunctions(query, allFunctions()).map(
    each => `${fullName(each)} - ${each.definition.description}`,
  )
  return lines.length === 0 ? `Nothing found for '${query}'.` : lines.join('\n')
}
