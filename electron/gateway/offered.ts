import type { OfferedIntegration } from '../../shared/clients/offer.ts'
import { catalogue } from '../integrations/catalogue.ts'
import { toolName } from './tool-list.ts'

/** What every integration offers, by the names that clients see. */
export function offeredIntegrations(): OfferedIntegration[] {
  return catalogue.map(integration => ({
    id: integration.id,
    variables: integration.credentials.map(({ variable }) => variable),
    tools: integration.functions.map(definition => ({
      name: toolName(integration, definition),
      writes: definition.access === 'write',
    })),
  }))
}
