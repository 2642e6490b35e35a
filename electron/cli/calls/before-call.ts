import { DEFAULT_ACCOUNT } from '../configure/changes.ts'
import type { InputSchema } from '../integrations/function-json.ts'
import type { ProviderFacts } from '../integrations/provider-facts.ts'

/** Names of what a function requires and was not given; nothing and an empty text count as not given. */
export function missingParameters({ required }: InputSchema, given: Record<string, unknown>): string[] {
  return required.filter(name => {
    const value = Object.hasOwn(given, name) ? given[name] : undefined
    return value === undefined || value === null || value === ''
  })
}

/** Why a call cannot even begin, in the order in which the original checks; undefined where it can. */
export function whyNoCall(
  id: string,
  account: string,
  facts: ProviderFacts,
  missing: readonly string[],
): string | undefined {
  if (!facts.enabled) {
    return `Integration '${id}' is installed but not active. Switch it on: kosmo integrations:configure ${id} --enable`
  }
  if (!facts.accounts.includes(account)) {
    const named = account === DEFAULT_ACCOUNT ? '' : ` --account=${account}`
    return `Integration '${id}' is missing required credentials for account '${account}'. Set it up: kosmo integrations:configure ${id}${named}`
  }
  return missing.length === 0 ? undefined : `Missing required parameter(s): ${missing.join(', ')}`
}
