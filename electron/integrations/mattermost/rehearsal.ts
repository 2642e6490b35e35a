import type { Environment, Rehearsal } from '../integration.ts'
import { Exchanger } from './http/exchange.ts'
import { MadeUpConnection } from './http/made-up-connection.ts'
import { type MattermostService, serviceOf } from './service.ts'

const SERVER = { base: 'http://rehearsal.invalid', label: 'rehearsal' }
const ID = 'r'.repeat(26)
/** Another: what is the token is blacked out in answers. */
const TOKEN = 't'.repeat(26)

const USER = { id: ID, username: 'ä', first_name: 'ö', timezone: { automaticTimezone: '' } }
const TEAM = { id: ID, name: 'ä', display_name: 'ö' }
const CHANNEL = { id: ID, type: 'O', name: 'ä', display_name: 'ö', team_id: ID, total_msg_count: 2 }
const POST = {
  id: ID,
  create_at: 1,
  edit_at: 1,
  user_id: ID,
  channel_id: ID,
  message: 'ä\n\u200d',
  props: { attachments: [{ text: 'ä' }] },
  metadata: { files: [{ name: 'ä', size: 1 }], reactions: [{ emoji_name: 'ä' }] },
}
/** As many as a page has: what is run often is compiled better. */
const IDS = Array.from({ length: 30 }, (_, nth) => `${nth}`.padStart(26, 'r'))
const POSTS = { order: IDS, posts: Object.fromEntries(IDS.map(id => [id, { ...POST, id }])) }

/** What the made-up server answers, by the end of the path. */
const ANSWERS: readonly (readonly [RegExp, unknown])[] = [
  [/\/users\/ids$/, [USER]],
  [/\/users\/me$/, USER],
  [/\/preferences\//, { value: 'off' }],
  [/\/config\/client$/, {}],
  [/\/users\/me\/teams$/, [TEAM]],
  [/\/channels\/members$/, [{ channel_id: ID, msg_count: 1 }]],
  [/\/users\/me\/.*channels$/, [CHANNEL]],
  [/\/channels\/\w+\/stats$/, { channel_id: ID, member_count: 1 }],
  [/\/channels\/\w+\/posts$/, POSTS],
  [/\/posts\/\w+\/thread$/, POSTS],
  [/\/posts\/\w+$/, POST],
  [/\/channels\/\w+$/, CHANNEL],
]

/** A server that is made up, and one call of each function that reads. */
export function mattermostRehearsal(environment: Environment): Rehearsal<MattermostService> {
  const exchanger = new Exchanger({ connect: () => new MadeUpConnection(answerTo) })
  return {
    service: serviceOf(SERVER, TOKEN, environment, exchanger),
    calls: [
      { function: 'mattermost_get_current_user', arguments: {} },
      { function: 'mattermost_list_posts', arguments: { channel_id: ID } },
      { function: 'mattermost_get_post', arguments: { post_id: ID } },
      { function: 'mattermost_list_channels', arguments: {} },
      { function: 'mattermost_get_channel', arguments: { channel_id: ID } },
      { function: 'mattermost_list_teams', arguments: {} },
    ],
  }
}

function answerTo(path: string): unknown {
  return ANSWERS.find(([pattern]) => pattern.test(path))?.[1]
}
