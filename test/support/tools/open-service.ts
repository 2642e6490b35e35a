import {
  connectMattermost,
  type MattermostService,
} from '../../../electron/integrations/mattermost/service.ts'
import { makeEnvironment } from './environment.ts'

/** The Mattermost service of an account, below the tools. Waits between tries are zero. */
export function openService(account: { url: string; token: string }): MattermostService {
  return connectMattermost({ url: account.url, access_token: account.token }, makeEnvironment())
}
