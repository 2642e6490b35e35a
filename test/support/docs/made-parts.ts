import { SUPPORTED_PROTOCOL_VERSIONS } from '@modelcontextprotocol/sdk/types.js'
import { EXIT, type ExitName, exitMeaning } from '../../../electron/cli/exit-codes.ts'
import { COMMAND_TABLE } from '../../../electron/cli/reference/command-table.ts'
import type { CommandEntry } from '../../../electron/cli/reference/entry.ts'
import { ENVIRONMENT, type VariableEntry } from '../../../electron/cli/reference/environment.ts'
import { flagWords } from '../../../electron/cli/reference/help-text.ts'
import { type ListedTool, listedTool } from '../../../electron/gateway/tool-list.ts'
import { allFunctions } from '../../../electron/integrations/find-function.ts'

/*
 * Parts of pages that are made of the program itself, between `<!-- made: NAME -->` and `<!-- /made -->`. A test holds
 * each to its source; `npm test -- test/docs/made -u` writes them anew.
 */

const PARTS: Record<string, () => string> = {
  commands,
  overview,
  'exit-codes': exitCodes,
  tools,
  'environment-accounts': () => environment(ENVIRONMENT.accounts),
  'environment-own': () => environment(ENVIRONMENT.own),
  'environment-terminal': () => environment(ENVIRONMENT.terminal),
  'protocol-versions': () => SUPPORTED_PROTOCOL_VERSIONS.map(version => `\`${version}\``).join(', '),
}

const PART = /(<!-- made: ([\w-]+) -->\n)[\s\S]*?(<!-- \/made -->)/g

/** A page with its made parts as they have to be. */
export function withMadeParts(page: string): string {
  return page.replace(PART, (_, begin: string, name: string, end: string) => {
    const make = PARTS[name]
    if (make === undefined) throw new Error(`there is no part "${name}"`)
    return `${begin}${make()}\n${end}`
  })
}

/** The names of the parts that a page has. */
export function madePartsIn(page: string): string[] {
  return [...page.matchAll(PART)].map(([, , name = '']) => name)
}

/** The names of all parts. */
export const PART_NAMES = Object.keys(PARTS)

function environment(entries: readonly VariableEntry[]): string {
  const rows = entries.map(({ names, does, page }) => {
    const more = page === undefined ? '' : `: [${page}](${page})`
    return `| ${names.map(name => `\`${name}\``).join(', ')} | ${cell(does)}${more} |`
  })
  return ['| variable | what it does |', '|---|---|', ...rows].join('\n')
}

const GROUPS: Record<CommandEntry['group'], string> = {
  clients: 'For clients',
  accounts: 'Accounts',
  calls: 'Functions',
  decisions: 'Your say',
  records: 'What happened',
  shell: 'Your shell',
}

function overview(): string {
  const rows = Object.entries(GROUPS).flatMap(([group, title]) =>
    COMMAND_TABLE.filter(entry => entry.group === group).map(
      ({ name, does }, index) =>
        `| ${index === 0 ? title : ''} | [\`kosmo ${name}\`](#${anchor(name)}) | ${cell(does)} |`,
    ),
  )
  return ['| | | |', '|---|---|---|', ...rows].join('\n')
}

function anchor(name: string): string {
  return `kosmo-${name.replaceAll(':', '')}`
}

function commands(): string {
  return COMMAND_TABLE.map(command).join('\n\n')
}

function command({ name, does, forms, flags, notes, examples, exits }: CommandEntry): string {
  const table = flags.map(
    flag => `| \`${cell(flagWords(flag))}\` | ${cell(flag.does)}${flag.repeatable ? '; repeatable' : ''} |`,
  )
  const column = Math.min(Math.max(...forms.map(({ line }) => line.length)), 44)
  const lines = forms.map(({ line, does: what }) =>
    what === undefined ? `kosmo ${line}` : `kosmo ${line.padEnd(column)}  # ${what}`,
  )
  return [
    `### kosmo ${name}`,
    `${capital(does)}.`,
    `\`\`\`text\n${lines.join('\n')}\n\`\`\``,
    ...(table.length === 0 ? [] : [['| | |', '|---|---|', ...table].join('\n')]),
    ...notes.map(prose),
    examples.map(({ line, does: what }) => `- ${capital(prose(what))}: \`kosmo ${line}\``).join('\n'),
    `Ends with ${exits.map(exit => EXIT[exit]).join(', ')}.`,
  ].join('\n\n')
}

function exitCodes(): string {
  const names = Object.keys(EXIT) as ExitName[]
  return ['| | |', '|---|---|', ...names.map(name => `| ${EXIT[name]} | ${exitMeaning(name)} |`)].join('\n')
}

function tools(): string {
  return allFunctions()
    .map(({ integration, definition }) => tool(listedTool(integration, definition)))
    .join('\n\n')
}

function tool({ name, title, description, inputSchema, outputSchema, annotations }: ListedTool): string {
  const required = inputSchema.required ?? []
  const rows = Object.entries(inputSchema.properties ?? {}).map(([argument, schema]) => {
    const type = Array.isArray(schema.enum) ? schema.enum.map(each => `\`${each}\``).join(', ') : schema.type
    const said = typeof schema.description === 'string' ? cell(prose(schema.description)) : ''
    const standard = schema.default === undefined ? '' : `\`${JSON.stringify(schema.default)}\``
    return `| \`${argument}\` | ${type} | ${required.includes(argument) ? 'required' : standard} | ${said} |`
  })
  const hints = Object.entries(annotations).map(([hint, value]) => `${hint} ${value}`)
  return [
    `### ${title}`,
    `\`${name}\`: ${prose(description)}`,
    rows.length === 0
      ? 'Takes no arguments.'
      : ['| argument | type | default | |', '|---|---|---|---|', ...rows].join('\n'),
    `Always in its result: ${Object.keys(outputSchema.properties ?? {})
      .map(key => `\`${key}\``)
      .join(', ')}. Annotations: ${hints.join(', ')}.`,
  ].join('\n\n')
}

/** In a cell of a table a bar would end it. */
function cell(text: string): string {
  return text.replaceAll('|', '\\|')
}

/** What Markdown would take for markup. */
function prose(text: string): string {
  return text.replace(/([*_<>])/g, '\\$1')
}

function capital(phrase: string): string {
  return phrase.charAt(0).toUpperCase() + phrase.slice(1)
}
