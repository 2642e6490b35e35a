import { KosmoError } from '../../../../shared/errors.ts'
import { readPostReference } from '../../../../shared/mattermost/reference.ts'
import type { MattermostService } from '../service.ts'

/** The id of the post that `input` names. @throws KosmoError `invalid_input` naming the argument */
export function postIdOf(service: MattermostService, field: string, input: string): string {
  const reference = readPostReference(input, service.client.server.base)
  if (reference.kind === 'post') return reference.id
  throw new KosmoError('invalid_input', `${field}: ${reference.why}`)
}
