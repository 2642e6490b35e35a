type Text = { en: string; de?: string }

// The texts of 6.7.3; the German ones of its translation file as far as a test needs them.
const TEXTS: Record<string, Text> = {
  'api.channel.create_direct_channel.invalid_user.app_error': {
    en: 'Invalid user ID for direct channel creation.',
  },
  'api.channel.create_channel.direct_channel.team_restricted_error': {
    en: 'A direct channel cannot be created between these users because they do not share a team in common.',
  },
  'api.config.client.old_format.app_error': {
    en: 'New format for the client configuration is not supported yet. Please specify format=old in the query string.',
  },
  'api.context.404.app_error': {
    en: 'Sorry, we could not find the page.',
    de: 'Entschuldigung, wir konnten die Seite nicht finden.',
  },
  'api.context.invalid_param.app_error': { en: 'Invalid {name} parameter.' },
  'api.context.invalid_body_param.app_error': {
    en: 'Invalid or missing {name} in request body.',
    de: 'Ungültige oder fehlende {name} im Anfragetext.',
  },
  'api.context.invalid_url_param.app_error': {
    en: 'Invalid or missing {name} parameter in request URL.',
    de: 'Ungültiger oder fehlender {name}-Parameter in der Anfrage-URL.',
  },
  'api.context.mfa_required.app_error': { en: 'Multi-factor authentication is required on this server.' },
  'api.context.permissions.app_error': {
    en: 'You do not have the appropriate permissions.',
    de: 'Sie verfügen nicht über die benötigten Berechtigungen.',
  },
  'api.context.request_body_too_large.app_error': { en: 'Request body too large.' },
  'api.context.server_busy.app_error': {
    en: 'Server is busy, non-critical services are temporarily unavailable.',
  },
  'api.context.session_expired.app_error': {
    en: 'Invalid or expired session, please login again.',
    de: 'Ungültige oder abgelaufene Sitzung, bitte erneut anmelden.',
  },
  'api.context.token_provided.app_error': {
    en: 'Session is not OAuth but token was provided in the query string.',
  },
  'api.post.create_post.can_not_post_in_restricted_dm.error': {
    en: 'Can not post to a restricted direct message channel.',
  },
  'api.post.create_post.can_not_post_to_deleted.error': { en: 'Can not post to deleted channel.' },
  'api.post.create_post.channel_root_id.app_error': { en: 'Invalid ChannelId for RootId parameter.' },
  'api.post.create_post.root_id.app_error': { en: 'Invalid RootId parameter.' },
  'api.post.deduplicate_create_post.failed_to_get': {
    en: 'Failed to fetch original post after deduplicating a client repeating the same request.',
  },
  'api.post.deduplicate_create_post.pending': {
    en: 'Rejected post since another client is making the same request.',
  },
  'api.post.fill_in_post_props.invalid_ai_generated_user.app_error': { en: 'Invalid AI generated user.' },
  'api.post.search_posts.invalid_body.app_error': { en: 'Unable to parse the request body.' },
  'api.preference.preferences_category.get.app_error': { en: 'Unable to get user preferences.' },
  'api.user.view_archived_channels.get_posts_for_channel.app_error': {
    en: 'Cannot retrieve posts for an archived channel',
  },
  'app.channel.get.existing.app_error': {
    en: 'Unable to find the existing channel.',
    de: 'Der bestehende Kanal konnte nicht gefunden werden.',
  },
  'app.channel.get.find.app_error': { en: 'We encountered an error finding the channel.' },
  'app.channel.get_by_name.missing.app_error': {
    en: 'Channel does not exist.',
    de: 'Kanal existiert nicht.',
  },
  'app.channel.get_channels.get.app_error': { en: 'Unable to get the channels.' },
  'app.channel.get_channels.not_found.app_error': { en: 'No channels were found.' },
  'app.channel.get_unread.app_error': { en: 'Unable to get the channel unread messages.' },
  'app.post.cloud.get.app_error': { en: 'The post is past the history limit of this plan.' },
  'app.post.get.app_error': {
    en: 'Unable to get the post.',
    de: 'Die Nachricht konnte nicht abgerufen werden.',
  },
  'app.post.get_root_posts.app_error': { en: 'Unable to get the posts for the channel.' },
  'app.post.save.app_error': { en: 'Unable to save the Post.' },
  'app.post.save.existing.app_error': { en: 'You cannot update an existing Post.' },
  'app.preference.get.app_error': { en: 'We encountered an error while finding preferences.' },
  'app.team.get.find.app_error': { en: 'Unable to find the existing team.' },
  'app.team.get_all.app_error': { en: 'We could not get all teams.' },
  'app.team.get_by_name.missing.app_error': { en: 'Unable to find the existing team.' },
  'app.user.get_by_username.app_error': {
    en: 'Unable to find an existing account matching your username for this team. This team may require an invite from the team owner to join.',
  },
  'app.user.get_profiles.app_error': { en: 'We encountered an error while finding user profiles.' },
  'app.user.missing_account.const': {
    en: 'Unable to find the user.',
    de: 'Der Benutzer wurde nicht gefunden.',
  },
  'app.user_terms_of_service.get_by_user.app_error': { en: 'Unable to fetch terms of service.' },
  'basic_security_check.url.too_long_error': { en: 'URL is too long' },
  'model.post.is_valid.file_ids.app_error': {
    en: 'Invalid file ids. Note that uploads are limited to 10 files maximum. Please use additional posts for more files.',
  },
  'model.post.is_valid.hashtags.app_error': { en: 'Invalid hashtags.' },
  'model.post.is_valid.message_length.app_error': { en: 'Message is too long.' },
  'model.post.is_valid.msg.app_error': { en: 'Invalid message.' },
  'model.post.is_valid.props.app_error': { en: 'Invalid props.' },
  'model.post.is_valid.type.app_error': { en: 'Invalid type.' },
  'plugin.message_will_be_posted.dismiss_error': { en: '' },
  'store.sql_post.search.disabled': {
    en: 'Searching has been disabled on this server. Please contact your System Administrator.',
  },
}

export type Locale = 'en' | 'de'

/** An error that the server answers: its id is the contract, its text depends on the language. */
export class AppError extends Error {
  readonly id: string
  readonly status: number
  readonly param: string
  /** Shown in detailed_error, in developer mode only. */
  readonly detail: string

  constructor(status: number, id: string, options: { name?: string; detail?: string } = {}) {
    super(id)
    this.id = id
    this.status = status
    this.param = options.name ?? ''
    this.detail = options.detail ?? ''
  }

  text(locale: Locale): string {
    const text = TEXTS[this.id]
    // The id of a plugin's refusal is its own free text.
    if (text === undefined) return this.id
    return (text[locale] ?? text.en).replace('{name}', this.param)
  }
}

export function badUrlParam(name: string): AppError {
  return new AppError(400, 'api.context.invalid_url_param.app_error', { name })
}

/** Also what the server says of a bad query value or an upper-case username. */
export function badBodyParam(name: string): AppError {
  return new AppError(400, 'api.context.invalid_body_param.app_error', { name })
}

export function noPermission(personId: string, permission: string): AppError {
  const detail = `userId=${personId}, permission=${permission},`
  return new AppError(403, 'api.context.permissions.app_error', { detail })
}

/** The language that Accept-Language asks for, if the server has it. */
export function pickLocale(acceptLanguage: string | undefined, fallback: Locale): Locale {
  for (const wish of (acceptLanguage ?? '').split(',')) {
    const language = wish.trim().split(/[-;]/)[0]?.toLowerCase()
    if (language === 'en' || language === 'de') return language
  }
  return fallback
}
