import * as z from 'zod'
import type { Integration, IntegrationFunction } from '../integrations/integration.ts'

/** A tool as `tools/list` shows it. */
export type ListedTool = {
  name: string
  title: string
  description: string
  inputSchema: ObjectSchema
  outputSchema: ObjectSchema
  annotations: {
    readOnlyHint: boolean
    destructiveHint: boolean
    idempotentHint: boolean
    openWorldHint: boolean
  }
}

type JsonSchema = {
  type?: unknown
  properties?: Record<string, JsonSchema>
  items?: JsonSchema
  required?: string[]
  [keyword: string]: unknown
}

type ObjectSchema = JsonSchema & { type: 'object' }

/** The tool that a function is. */
export function toolName({ id }: { id: string }, { name }: { name: string }): string {
  return `integration__${id}__${name}`
}

/** The names that a call may use: the listed one, and the short one of the original's own clients. */
export function callableNames(integration: Integration, definition: IntegrationFunction<unknown>): string[] {
  const short = definition.name.replace(`${integration.id}_`, '')
  return [toolName(integration, definition), `integration__${integration.id}__${short}`]
}

/** Describes a function as a tool. Nothing that comes from chat or a server ever stands in here. */
export function listedTool(integration: Integration, definition: IntegrationFunction<unknown>): ListedTool {
  return {
    name: toolName(integration, definition),
    title: definition.title,
    description: definition.description,
    inputSchema: inputSchema(definition),
    outputSchema: outputSchema(definition),
    // All four, and true: hints that are missing count as the worst, and what chat says comes from the open world.
    annotations: {
      readOnlyHint: definition.access === 'read',
      destructiveHint: false,
      idempotentHint: definition.access === 'read',
      openWorldHint: true,
    },
  }
}

/**
 * The input as compact JSON Schema: every byte of it is in the context of every conversation. Lengths and bounds are
 * left out; most clients drop them, and we check them all the same.
 */
function inputSchema({ input }: IntegrationFunction<unknown>): ObjectSchema {
  const { properties = {}, required } = z.toJSONSchema(input, { io: 'input' }) as JsonSchema
  return {
    type: 'object',
    properties: mapValues(properties, ({ minLength, maxLength, minimum, maximum, anyOf, ...shown }) =>
      shown.type === undefined && anyOf !== undefined ? { ...shown, anyOf } : shown,
    ),
    ...(required && required.length > 0 && { required }),
    // Without it clients send what no function knows, and believe that it was heard.
    additionalProperties: false,
  }
}

/** The output in outline: what is always there, with its type, and the names of what is always inside it. */
function outputSchema({ output }: IntegrationFunction<unknown>): ObjectSchema {
  const json = z.toJSONSchema(output, { io: 'output' }) as JsonSchema
  return { type: 'object', properties: mapValues(always(json), outline), required: json.required ?? [] }
}

function outline({ type, items, ...inner }: JsonSchema): JsonSchema {
  if (type === 'array' && items !== undefined) return { type, items: outline(items) }
  return type === 'object' ? { type, properties: mapValues(always(inner), () => ({})) } : { type }
}

/** The properties that are always there. */
function always({ properties = {}, required = [] }: JsonSchema): Record<string, JsonSchema> {
  return Object.fromEntries(Object.entries(properties).filter(([name]) => required.includes(name)))
}

function mapValues<A, B>(record: Record<string, A>, change: (value: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]))
}
