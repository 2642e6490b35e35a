import type { AppHandlers } from './scripted-app.ts'

/* Accounts and places of the design, as the app tells them. */

type Answer<Name extends keyof AppHandlers<'settings'>> = Awaited<
  ReturnType<Required<AppHandlers<'settings'>>[Name]>
>

const FIELDS = [
  {
    key: 'url',
    label: 'Server URL',
    type: 'url',
    required: true,
    description: 'Where Mattermost is, e.g. https://chat.example.org',
  },
  {
    key: 'access_token',
    label: 'Access Token',
    type: 'secret',
    required: true,
    description: 'A personal access token or the token of a bot',
  },
  {
    key: 'scope',
    label: 'Limited to',
    type: 'text',
    required: false,
    description: 'Teams and channels that may be used, e.g. eng/*, ops/alerts, @bob; all where empty',
  },
  {
    key: 'ca_file',
    label: 'Authorities',
    type: 'file',
    required: false,
    description: 'A PEM file with further authorities to trust',
  },
  {
    key: 'proxy',
    label: 'Proxy',
    type: 'secret',
    required: false,
    description: 'The proxy before the server, e.g. http://proxy.example.org:3128',
  },
] as const

/** A small picture: 2×2 pixels of blue. */
const AVATAR =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAFklEQVR4nGNkaGBgYGBgYoABKAMAFJgBBQ7Z1xsAAAAASUVORK5CYII='

export const ADA = {
  server: 'https://chat.acme.dev',
  user: '@ada',
  name: 'Ada Lovelace',
  avatar: AVATAR,
  teams: ['eng', 'ops'],
  warnings: [],
}

export const NO_ACCOUNTS: Answer<'integrations'> = [
  {
    id: 'mattermost',
    name: 'Mattermost',
    fields: [...FIELDS],
    enabled: true,
    read: 'allow',
    write: 'allow',
    accounts: [],
  },
]

export const ONE_ACCOUNT: Answer<'integrations'> = [
  {
    ...(NO_ACCOUNTS[0] as Answer<'integrations'>[number]),
    accounts: [account('default', { user: '@ada', url: 'https://chat.acme.dev' })],
  },
]

/** An account as it is listed. */
export function account(
  alias: string,
  changes: Partial<Answer<'integrations'>[number]['accounts'][number]> = {},
) {
  return {
    alias,
    store: 'keychain' as const,
    url: 'https://chat.acme.dev',
    user: '@ada',
    changedAt: '2026-11-20T08:00:00.000Z',
    ...changes,
  }
}

export const PLACES: Answer<'placesOf'> = [
  {
    team: 'eng',
    title: 'Engineering',
    channels: [
      { channel: 'town-square', title: 'Town Square', kind: 'public' },
      { channel: 'release-train', title: 'Release train', kind: 'public' },
      { channel: 'incidents', title: 'Incidents', kind: 'private' },
      { channel: 'off-topic', title: 'Off-Topic', kind: 'public' },
    ],
  },
  {
    team: 'ops',
    title: 'Operations',
    channels: [
      { channel: 'alerts', title: 'Alerts', kind: 'public' },
      { channel: 'on-call', title: 'On call', kind: 'private' },
    ],
  },
]
