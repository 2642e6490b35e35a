import { type ErrorCode, KosmoError } from '../../../../shared/errors.ts'
import { cleanLine } from '../../../../shared/text/clean.ts'
import { ellipsis } from '../../../../shared/text/shorten.ts'

export type Refusal = {
  /** Mattermost's error id; free text where a plugin refused. */
  id: string
  status: number
  requestId?: string | undefined
  serverLabel: string
}

type Explanation = [code: ErrorCode, sentence: string]

/** By error id: texts are localised, ids are not. Where an id needs more than its status tells. */
const BY_ID: Record<string, Explanation> = {
  'api.context.session_expired.app_error': [
    'unauthorized',
    'did not accept the token: it is wrong, revoked or expired, its account is deactivated, or personal access tokens are switched off. Make a new token in Mattermost (Profile > Security), or ask an administrator for a bot token.',
  ],
  'api.context.mfa_required.app_error': [
    'forbidden',
    'wants multi-factor authentication, and this account has none. Set it up in Mattermost (Profile > Security), or use a bot token.',
  ],
  'api.context.404.app_error': [
    'not_found',
    'has no such API route: the server URL lacks its subpath, or the server is older than Mattermost 6.1.',
  ],
  'app.channel.get.existing.app_error': ['not_found', 'has no channel with that id.'],
  'app.channel.get_by_name.missing.app_error': [
    'not_found',
    'has no channel of that name that this account can see.',
  ],
  'app.post.get.app_error': ['not_found', 'has no such post: it was deleted, or the id is wrong.'],
  'app.post.cloud.get.app_error': ['forbidden', 'keeps that post beyond the history limit of its plan.'],
  'app.team.get_by_name.missing.app_error': ['not_found', 'has no team of that name.'],
  'app.user.get_by_username.app_error': ['not_found', 'has no person of that user name.'],
  'app.user.missing_account.const': ['not_found', 'has no person with that id.'],
  'api.post.create_post.can_not_post_to_deleted.error': [
    'refused',
    'does not take posts in an archived channel.',
  ],
  'api.post.create_post.can_not_post_in_restricted_dm.error': [
    'refused',
    'allows direct messages only between members of one team.',
  ],
  'api.post.create_post.root_id.app_error': ['refused', 'has no such post to reply to: it was deleted.'],
  'api.post.create_post.channel_root_id.app_error': [
    'refused',
    'has the post to reply to in another channel.',
  ],
  'model.post.is_valid.message_length.app_error': ['refused', 'found the message too long.'],
  'model.post.is_valid.msg.app_error': ['refused', 'found the message too long.'],
  'api.context.request_body_too_large.app_error': ['refused', 'found the message too large.'],
  'api.context.server_busy.app_error': ['unavailable', 'is busy and asks to come back later.'],
}

/** Mattermost's own refusal as an error of ours: by its id, else by its status; a plugin's words are quoted. */
export function explainRefusal(refusal: Refusal): KosmoError {
  const { id, status, requestId, serverLabel } = refusal
  const [code, sentence] = explanation(id, status)
  const isId = /^[a-z0-9_.]{1,120}$/i.test(id)
  const words = isId || id.trim() === '' ? '' : ` Its words: "${ellipsis(cleanLine(id), 200)}".`
  return new KosmoError(code, `${serverLabel} ${sentence}${words}`, {
    status,
    requestId,
    serverError: isId ? id : undefined,
  })
}

/** An id that stands under a fault of the server itself tells where the fault was, not what is wrong with the request. */
function explanation(id: string, status: number): Explanation {
  const byId = BY_ID[id]
  return byId === undefined || (status >= 500 && byId[0] !== 'unavailable') ? byStatus(status) : byId
}

function byStatus(status: number): Explanation {
  if (status === 400) return ['refused', 'refused the request as it stands.']
  if (status === 401) return ['unauthorized', 'did not accept the token.']
  if (status === 403) return ['forbidden', 'does not let this account do that.']
  if (status === 404) return ['not_found', 'did not find it.']
  if (status === 413 || status === 414) return ['refused', 'found the request too large.']
  if (status === 501) return ['refused', 'has that switched off.']
  if (status >= 500) return ['unavailable', 'had a fault of its own. Try again later.']
  return ['bad_response', 'answered in a way that was not understood.']
}
