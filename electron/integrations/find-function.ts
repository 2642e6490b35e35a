import { catalogue } from './catalogue.ts'
import type { Integration, IntegrationFunction } from './integration.ts'

/** A function with the integration that it belongs to. */
export type CatalogueFunction = { integration: Integration; definition: IntegrationFunction<unknown> }

/** Every function of every integration, in the order of the catalogue. */
export function allFunctions(): CatalogueFunction[] {
  return catalogue.flatMap(integration =>
    integration.functions.map(definition => ({ integration, definition })),
  )
}

/** The name with its integration, as commands take and print it: `mattermost.mattermost_list_channels`. */
export function fullName({ integration, definition }: CatalogueFunction): string {
  return `${integration.id}.${definition.name}`
}

/** The name without the integration's own in front: `list_channels`. */
export function shortName({ integration, definition }: CatalogueFunction): string {
  const own = `${integration.id}_`
  return definition.name.startsWith(own) ? definition.name.slice(own.length) : definition.name
}

/** The function of a name in either form, `mattermost.mattermost_get_post` or `mattermost.get_post`. */
export function findFunction(name: string): CatalogueFunction | undefined {
  return allFunctions().find(each =>
    [fullName(each), `${each.integration.id}.${shortName(each)}`].includes(name),
  )
}
