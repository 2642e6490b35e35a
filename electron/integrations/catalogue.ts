import type { Integration } from './integration.ts'
import { mattermost } from './mattermost/integration.ts'

/** Every integration there is. Tool names, schemas, commands and docs are made from it. */
export const catalogue: readonly Integration[] = [mattermost as Integration]
