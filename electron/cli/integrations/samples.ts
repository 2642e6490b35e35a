import { type CatalogueFunction, fullName, shortName } from '../../integrations/find-function.ts'
import { inputSchema } from './function-json.ts'

/** Lines that call a function with what it requires, to copy and change. */
export type Samples = { provider: string; call: string; json: string; lua: string }

/** The samples of a function, without the program's name. */
export function samplesOf(each: CatalogueFunction): Samples {
  const values = sampleValues(each)
  const flags = Object.entries(values).map(
    ([name, value]) => ` --${name.replaceAll('_', '-')}=${shellWord(value)}`,
  )
  const table = Object.entries(values).map(([name, value]) => `${name} = ${JSON.stringify(value)}`)
  const lua = table.length === 0 ? '{}' : `{ ${table.join(', ')} }`
  return {
    provider: `integrations:${each.integration.id} ${each.definition.name}${flags.join('')}`,
    call: `integrations:call ${fullName(each)}${flags.join('')}`,
    json: `integrations:call ${fullName(each)} '${JSON.stringify(values)}' --json`,
    lua: `app.integrations.${each.integration.id}.${shortName(each)}(${lua})`,
  }
}

/** Values that show what stands where. */
const SAMPLES: Record<string, string> = {
  channel_id: '~town-square',
  message: 'Hello from the command line',
}

function sampleValues(each: CatalogueFunction): Record<string, string> {
  return Object.fromEntries(
    inputSchema(each).required.map(name => [name, SAMPLES[name] ?? name.toUpperCase()]),
  )
}

function shellWord(value: string): string {
  return /^[\w./:@~-]+$/.test(value) && !value.startsWith('~') ? value : `"${value}"`
}
