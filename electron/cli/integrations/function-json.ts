import { listedTool } from '../../gateway/tool-list.ts'
import { type CatalogueFunction, fullName } from '../../integrations/find-function.ts'
import { capabilities } from './capabilities.ts'
import type { ProviderFacts } from './provider-facts.ts'

/** A function as every command's JSON tells of it. */
export function functionJson(each: CatalogueFunction, { active, configured, accounts }: ProviderFacts) {
  const { integration, definition } = each
  return {
    provider: integration.id,
    function: definition.name,
    name: fullName(each),
    slug: definition.name,
    title: definition.title,
    description: definition.description,
    operation: definition.access,
    active,
    configured,
    accounts,
    ...capabilities(integration),
    input_schema: inputSchema(each),
  }
}

/** The JSON Schema of what a function takes; `required` is always there. */
export function inputSchema({ integration, definition }: CatalogueFunction): InputSchema {
  const { properties = {}, required = [], ...more } = listedTool(integration, definition).inputSchema
  return { ...more, type: 'object', properties, required }
}

export type InputSchema = {
  type: 'object'
  properties: Record<string, Property>
  required: string[]
  [keyword: string]: unknown
}

type Property = { type?: unknown; enum?: unknown; description?: unknown; default?: unknown }
