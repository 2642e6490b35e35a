import type { LuaEnded } from '../../lua/open-sandbox.ts'
import type { CallRecord } from './script-host.ts'

/** A script that has ended, with all that it did. */
export type ScriptRun = LuaEnded & { output: string; calls: CallRecord[]; milliseconds: number }

/** What came of a script, in the keys that programs know from the original. */
export function luaEnvelope({ output, error, result, milliseconds, memory, calls }: ScriptRun): object {
  return {
    success: error === null,
    output,
    error,
    // A script that returns nothing has no result, which is another thing than an empty one.
    result: result !== null && result.length > 0 ? result : null,
    execution_time_ms: Math.round(milliseconds * 10) / 10,
    memory_usage: memory,
    integration_calls: calls,
    // Nothing here bypasses a permission.
    meta: { permission_bypassed: false },
  }
}

/** What a script returned, for a person: a text as it is, anything else as JSON; undefined where it is nothing. */
export function resultText(result: readonly unknown[] | null): string | undefined {
  if (result === null || result.length === 0) return undefined
  const [first] = result
  const told = result.length === 1 ? first : result
  if (told === null) return 'nil'
  return typeof told === 'string' ? told : JSON.stringify(told, null, 2)
}
