import type { Person } from '../records.ts'

/** A person on the wire; notify_props and the like are shown to that person only. */
export function wireUser(person: Person, forSelf: boolean): Record<string, unknown> {
  return {
    id: person.id,
    create_at: person.createAt,
    update_at: person.updateAt,
    delete_at: person.deleteAt,
    username: person.username,
    auth_data: '',
    auth_service: '',
    email: person.email,
    nickname: person.nickname,
    first_name: person.firstName,
    last_name: person.lastName,
    position: person.position,
    roles: person.roles,
    ...(forSelf ? { notify_props: NOTIFY, last_password_update: person.createAt } : {}),
    locale: person.locale,
    timezone: { automaticTimezone: '', manualTimezone: '', useAutomaticTimezone: 'true' },
    // Left out when false, as Go's omitempty does.
    ...(person.isBot ? { is_bot: true, bot_description: person.botDescription } : {}),
    ...(person.mfaActive && forSelf ? { mfa_active: true } : {}),
    disable_welcome_email: false,
  }
}

const NOTIFY = {
  channel: 'true',
  comments: 'never',
  desktop: 'mention',
  desktop_sound: 'true',
  desktop_threads: 'all',
  email: 'true',
  email_threads: 'all',
  first_name: 'false',
  mention_keys: '',
  push: 'mention',
  push_status: 'away',
  push_threads: 'all',
}

/** Version, id, update, terms of service, privacy settings. */
export function userEtag(version: string, person: Person): string {
  return `${version}.${person.id}.${person.updateAt}..0.true.true.0`
}
