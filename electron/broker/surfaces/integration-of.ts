import { KosmoError } from '../../../shared/errors.ts'
import { catalogue } from '../../integrations/catalogue.ts'
import type { Integration } from '../../integrations/integration.ts'

/** The integration of an id. @throws KosmoError `not_found` */
export function integrationOf(id: string): Integration {
  const found = catalogue.find(each => each.id === id)
  if (found === undefined) throw new KosmoError('not_found', 'There is no such integration.')
  return found
}
