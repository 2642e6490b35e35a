import { catalogue } from '../../integrations/catalogue.ts'
import {
  allFunctions,
  type CatalogueFunction,
  findFunction,
  fullName,
} from '../../integrations/find-function.ts'
import type { Integration } from '../../integrations/integration.ts'
import { capabilities } from './capabilities.ts'
import { inputSchema } from './function-json.ts'
import type { ProviderFacts } from './provider-facts.ts'
import { samplesOf } from './samples.ts'

/** What a page of the docs is about. */
export type Page =
  | { kind: 'index' }
  | { kind: 'provider'; integration: Integration }
  | { kind: 'function'; function: CatalogueFunction }

/** A part of a page: lines of prose, or lines to be shown as they are. */
export type Block = { title?: string; lines: string[]; code?: 'sh' | 'lua' | 'text' }

export type Document = { title: string; blocks: Block[] }

/** The page of a name; undefined where there is none. */
export function findPage(name: string | undefined): Page | undefined {
  if (name === undefined || name === '') return { kind: 'index' }
  const integration = catalogue.find(({ id }) => id === name)
  if (integration !== undefined) return { kind: 'provider', integration }
  const found = findFunction(name)
  return found && { kind: 'function', function: found }
}

/** What stands on a page. */
export function documentOf(page: Page, factsOf: (integration: Integration) => ProviderFacts): Document {
  switch (page.kind) {
    case 'index':
      return index()
    case 'provider':
      return provider(page.integration, factsOf(page.integration))
    case 'function':
      return functionDocument(page.function, factsOf(page.function.integration))
  }
}

/** The lines to copy of a page, and nothing else. */
export function examplesOf(page: Page): Document {
  switch (page.kind) {
    case 'index':
      return index()
    case 'provider': {
      const functions = functionsOf(page.integration)
      const lines = functions.map(each => kosmo(samplesOf(each).provider))
      return { title: page.integration.id, blocks: [{ lines, code: 'sh' }] }
    }
    case 'function':
      return { title: fullName(page.function), blocks: sampleBlocks(page.function) }
  }
}

function index(): Document {
  const ids = catalogue.map(({ id }) => id)
  const [first] = allFunctions()
  const sample = first === undefined ? '' : fullName(first)
  return {
    title: 'Integrations on the command line',
    blocks: [
      { lines: ['One call: integrations:call. Several with a little logic: integrations:lua.'] },
      {
        title: 'Commands',
        code: 'sh',
        lines: [
          `integrations:configure ${ids[0] ?? ''}`,
          `integrations:doctor ${ids[0] ?? ''}`,
          'integrations:list',
          'integrations:search "list channels"',
          `integrations:docs ${sample}`,
          `integrations:schema ${sample}`,
          `integrations:call ${sample} --dry-run --json`,
        ].map(kosmo),
      },
      { title: 'Integrations', lines: ids },
    ],
  }
}

function provider(integration: Integration, facts: ProviderFacts): Document {
  const functions = functionsOf(integration)
  const width = Math.max(...functions.map(({ definition }) => definition.name.length))
  const [first] = functions
  return {
    title: integration.id,
    blocks: [
      {
        lines: [
          `Status: ${statusWord(facts)}`,
          `Accounts: ${facts.accounts.join(', ') || 'none yet'}`,
          `Auth: ${capabilities(integration).auth_strategy}`,
          `Permissions: read ${facts.permissions.read}, write ${facts.permissions.write}`,
        ],
      },
      {
        title: 'Functions',
        code: 'text',
        lines: functions.map(
          ({ definition: { name, access, description } }) =>
            `${name.padEnd(width)}  ${access.padEnd(5)}  ${firstSentence(description)}`,
        ),
      },
      ...(first === undefined
        ? []
        : [
            {
              title: 'Examples',
              code: 'sh' as const,
              lines: [
                kosmo(`integrations:docs ${fullName(first)}`),
                kosmo(`integrations:schema ${fullName(first)}`),
                kosmo(samplesOf(first).provider),
              ],
            },
          ]),
    ],
  }
}

function functionDocument(each: CatalogueFunction, facts: ProviderFacts): Document {
  const { integration, definition } = each
  const { properties, required } = inputSchema(each)
  const rows = Object.entries(properties).map(([name, property]) => {
    const type = Array.isArray(property.enum) ? property.enum.join('|') : String(property.type ?? 'any')
    const more = property.default === undefined ? '' : `default ${JSON.stringify(property.default)}`
    return [name, type, required.includes(name) ? 'required' : 'optional', property.description ?? more]
  })
  const widths = [0, 1, 2].map(at => Math.max(0, ...rows.map(row => String(row[at]).length)))
  return {
    title: fullName(each),
    blocks: [
      { lines: [definition.description] },
      {
        lines: [
          `Operation: ${definition.access}`,
          `Status: ${statusWord(facts)}`,
          `Auth: ${capabilities(integration).auth_strategy}`,
        ],
      },
      {
        title: 'Parameters',
        ...(rows.length > 0 && { code: 'text' as const }),
        lines:
          rows.length === 0
            ? ['none']
            : rows.map(row =>
                row
                  .map((cell, at) => String(cell).padEnd(widths[at] ?? 0))
                  .join('  ')
                  .trimEnd(),
              ),
      },
      ...sampleBlocks(each),
    ],
  }
}

function sampleBlocks(each: CatalogueFunction): Block[] {
  const { provider, call, json, lua } = samplesOf(each)
  return [
    { title: 'In a shell', code: 'sh', lines: [kosmo(provider), kosmo(call)] },
    { title: 'With JSON', code: 'sh', lines: [kosmo(json)] },
    { title: 'In Lua', code: 'lua', lines: [`local result = ${lua}`] },
  ]
}

function functionsOf(integration: Integration): CatalogueFunction[] {
  return integration.functions.map(definition => ({ integration, definition }))
}

function statusWord({ active, configured }: ProviderFacts): string {
  return active ? 'active' : configured ? 'configured, but switched off' : 'not set up'
}

function firstSentence(text: string): string {
  return text.split(/(?<=\.)\s/)[0] ?? text
}

function kosmo(line: string): string {
  return `kosmo ${line}`
}
