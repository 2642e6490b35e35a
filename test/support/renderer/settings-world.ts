import type { AuditDraft, AuditEntry } from '../../../shared/audit/entry.ts'
import { NOW } from './open-window.ts'
import type { AppHandlers } from './scripted-app.ts'

/* What an app answers that has been used for a while: the people and places of the design. */

export type SettingsHandlers = AppHandlers<'settings'>
type Answer<Name extends keyof SettingsHandlers> = Awaited<ReturnType<Required<SettingsHandlers>[Name]>>

export const MINUTE = 60_000
const HOME = '/home/ada'

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

/** A session of a client. */
export function client(changes: Partial<Answer<'clients'>[number]> = {}): Answer<'clients'>[number] {
  return {
    session: 's1',
    client: 'codex-mcp-client',
    version: '0.169.0',
    workspace: `${HOME}/src/webapp`,
    account: 'default',
    pid: 4711,
    parent: 4700,
    connectedAt: NOW - 32 * MINUTE,
    calls: 14,
    request: 'ask',
    override: null,
    effective: 'ask',
    pending: 0,
    ...changes,
  }
}

export const CLIENTS: Answer<'clients'> = [
  client(),
  client({
    session: 's2',
    client: 'claude-code',
    version: '2.4.1',
    workspace: `${HOME}/src/infra`,
    pid: 4811,
    calls: 3,
    override: 'ask',
    pending: 2,
  }),
]

export const CODEX_CHANNEL = 'c'.repeat(26)

let sequence = 0

/** An entry of the audit, `minutes` ago. */
export function entry(minutes: number, draft: AuditDraft): AuditEntry {
  sequence += 1
  return {
    seq: sequence,
    at: new Date(NOW - minutes * MINUTE).toISOString(),
    ...draft,
    prev: 'a'.repeat(64),
    hash: 'b'.repeat(64),
  }
}

const codex = {
  client: 'codex-mcp-client',
  workspace: `${HOME}/src/webapp`,
  session: 's1',
  account: 'default',
}
const claude = { client: 'claude-code', workspace: `${HOME}/src/infra`, session: 's2', account: 'default' }

/** Newest first, as the app tells them. */
export const ENTRIES: AuditEntry[] = [
  entry(2, {
    kind: 'call',
    ...codex,
    function: 'mattermost_create_post',
    target: `channel_id=${CODEX_CHANNEL}`,
    outcome: 'ok',
    ms: 41_000,
    characters: 812,
  }),
  entry(2, {
    kind: 'decision',
    ...codex,
    function: 'mattermost_create_post',
    target: `~release-train https://chat.acme.dev ${CODEX_CHANNEL}`,
    decision: 'approved-edited',
    by: 'person (approval-window)',
    ms: 40_000,
    approval: 'ap-1',
  }),
  entry(9, {
    kind: 'call',
    ...claude,
    function: 'mattermost_create_post',
    target: 'channel_id=~general',
    outcome: 'denied',
    ms: 12_000,
  }),
  entry(11, {
    kind: 'call',
    ...codex,
    function: 'mattermost_list_posts',
    target: 'channel_id=~incidents',
    outcome: 'ok',
    ms: 120,
    characters: 4_500,
  }),
  entry(70, { kind: 'change', decision: 'ceiling ask', target: 'all clients', by: 'person (tray)' }),
]

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

export const KNOWN_CLIENTS: Answer<'knownClients'> = [
  { id: 'codex', name: 'Codex', state: 'found', path: `${HOME}/.codex/config.toml`, said: null },
  { id: 'claude', name: 'Claude Code', state: 'connected', path: `${HOME}/.claude.json`, said: null },
  {
    id: 'cursor',
    name: 'Cursor',
    state: 'broken',
    path: `${HOME}/.cursor/mcp.json`,
    said: 'Its entry names a program that is no longer there.',
  },
  { id: 'zed', name: 'Zed', state: 'absent', path: `${HOME}/.config/zed/settings.json`, said: null },
]

export const PLAN: Extract<Answer<'planClient'>, { kind: 'plan' }> = {
  kind: 'plan',
  fingerprint: 'f1',
  client: 'codex',
  path: `${HOME}/.codex/config.toml`,
  lines: [
    { kind: 'same', text: 'model = "gpt-6"' },
    { kind: 'same', text: '' },
    { kind: 'added', text: '[mcp_servers.kosmokrator-mattermost]' },
    { kind: 'added', text: 'command = "/opt/KosmoKrator/resources/cli/node"' },
    {
      kind: 'added',
      text: 'args = ["/opt/KosmoKrator/resources/cli/kosmo.cjs", "mcp:serve", "--integration=mattermost", "--write=ask"]',
    },
    { kind: 'added', text: 'tool_timeout_sec = 300' },
  ],
  warnings: ['Codex 0.125 asks about each post too. Newer ones leave it to KosmoKrator.'],
  steps: ['Start Codex anew.'],
}

const APPROVAL: Answer<'listApprovals'>[number] = {
  id: 'ap-2',
  asker: {
    client: 'claude-code',
    version: '2.4.1',
    workspace: `${HOME}/src/infra`,
    session: 's2',
    account: 'default',
  },
  function: 'mattermost_create_post',
  subject: {
    service: 'Mattermost',
    server: 'chat.acme.dev',
    author: '@ada',
    place: '~on-call',
    channel: 'd'.repeat(26),
    kind: 'private',
    team: 'Operations',
    audience: 'On call, team Operations, private, 7 members',
    members: 7,
    text: 'The disk of db-3 is full again.',
    wideMentions: [],
  },
  askedAt: NOW - MINUTE,
  expiresAt: NOW + 3 * MINUTE,
  attended: true,
  shownOn: ['approval-window'],
}

export const APPROVALS: Answer<'listApprovals'> = [
  APPROVAL,
  { ...APPROVAL, id: 'ap-3', subject: { ...APPROVAL.subject, place: '~general', channel: 'e'.repeat(26) } },
]

const GRANT = {
  client: 'codex-mcp-client',
  workspace: `${HOME}/src/webapp`,
  account: 'default',
  server: 'https://chat.acme.dev',
  createdAt: NOW - 200 * MINUTE,
}

export const GRANTS: Answer<'grants'> = [
  {
    ...GRANT,
    id: 'g_1',
    span: 'always',
    channel: { kind: 'channel', id: CODEX_CHANNEL, name: '~release-train' },
    lastUsedAt: NOW - 2 * MINUTE,
    uses: 3,
  },
  {
    ...GRANT,
    id: 'g_2',
    span: '1h',
    expiresAt: NOW + 40 * MINUTE,
    channel: { kind: 'all' },
    uses: 0,
  },
]

export const FINDINGS: Answer<'doctor'> = [
  { id: 'broker', title: 'The app answers', state: 'ok', said: 'Version 0.1.0, process 4242.', todo: null },
  {
    id: 'codex',
    title: 'Codex',
    state: 'warn',
    said: 'Version 0.125 is old.',
    todo: 'Update Codex to 0.143 or newer.',
  },
  {
    id: 'cursor',
    title: 'Cursor',
    state: 'fail',
    said: 'Its entry names a program that is no longer there.',
    todo: 'Open Clients and choose Repair at Cursor.',
  },
  { id: 'keychain', title: 'Keychain', state: 'skipped', said: 'No account is kept there.', todo: null },
]

/** Answers to everything that the window may ask; a test replaces what it is about. */
export function settingsHandlers(changes: SettingsHandlers = {}): SettingsHandlers {
  return {
    status: () => ({
      version: '0.1.0',
      pid: 4242,
      home: `${HOME}/.kosmokrator-desktop`,
      startedAt: NOW - 500 * MINUTE,
      ceiling: 'ask',
      clients: 2,
      pending: 2,
      surfaces: ['approval-window'],
      problems: [],
    }),
    appInfo: () => ({
      version: '0.1.0',
      electron: '45.4.1',
      chrome: '156.0.8078.108',
      node: '24.21.0',
      platform: 'linux',
      home: `${HOME}/.kosmokrator-desktop`,
      homeDirectory: HOME,
    }),
    policy: () => ({
      ceiling: 'ask',
      overrides: [{ client: 'cursor-vscode', workspace: `${HOME}/notes`, policy: 'deny' }],
    }),
    setCeiling: () => null,
    setOverride: () => null,
    clients: () => CLIENTS,
    listApprovals: () => APPROVALS,
    grants: () => GRANTS,
    revokeGrants: () => 1,
    integrations: () => ONE_ACCOUNT,
    accountValues: () => ({ values: { url: 'https://chat.acme.dev' }, secrets: ['access_token'] }),
    checkAccount: () => ADA,
    saveAccount: () => ({ person: ADA, warnings: [] }),
    removeAccount: () => ({ removed: true }),
    placesOf: () => PLACES,
    setPermission: () => null,
    preferences: () => ({ waitSeconds: null, auditText: false }),
    setPreferences: () => null,
    activity: () => ({ entries: ENTRIES, unreadable: 0, next: null }),
    verifyActivity: () => ({ kind: 'intact', entries: 1_204, files: 3, notes: [] }),
    desktop: () => ({ notifications: { kind: 'ok' }, tray: { kind: 'ok' } }),
    openLink: () => ({ kind: 'opened' }),
    copyText: () => null,
    showApprovals: () => null,
    hideWindow: () => null,
    loginItem: () => ({ kind: 'off' }),
    setLoginItem: ({ on }) => (on ? { kind: 'on' } : { kind: 'off' }),
    exportActivity: () => ({ kind: 'saved', path: `${HOME}/activity.csv`, entries: 5 }),
    knownClients: () => KNOWN_CLIENTS,
    planClient: () => PLAN,
    applyClientPlan: () => ({
      kind: 'done',
      said: 'Codex 0.169 reads it and lists 7 tools.',
      backup: `${HOME}/.codex/config.toml.before-kosmo`,
      steps: ['Start Codex anew.'],
    }),
    clientSnippet: ({ format }) => ({ text: `# ${format}\n[mcp_servers.kosmokrator-mattermost]\n` }),
    doctor: () => FINDINGS,
    ...changes,
  }
}
