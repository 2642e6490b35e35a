import { ADA, ONE_ACCOUNT, PLACES } from './example-accounts.ts'
import { CLIENTS, KNOWN_CLIENTS, PLAN } from './example-clients.ts'
import { CODEX_CHANNEL, ENTRIES } from './example-entries.ts'
import { NOW } from './open-window.ts'
import type { AppHandlers } from './scripted-app.ts'

/* What an app answers that has been used for a while: the people and places of the design. */

export type SettingsHandlers = AppHandlers<'settings'>
type Answer<Name extends keyof SettingsHandlers> = Awaited<ReturnType<Required<SettingsHandlers>[Name]>>

const MINUTE = 60_000
const HOME = '/home/ada'

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

const SHIM = [
  '#!/bin/sh',
  '# Starts kosmo, the command of KosmoKrator. "kosmo shell:uninstall" removes this file.',
  `exec '${HOME}/.local/share/kosmokrator/cli/current/node' '${HOME}/.local/share/kosmokrator/cli/current/kosmo.cjs' "$@"`,
]

const BLOCK = [
  '# >>> KosmoKrator >>>',
  'case ":$PATH:" in *":$HOME/.local/bin:"*) ;; *) export PATH="$HOME/.local/bin:$PATH" ;; esac',
  '# <<< KosmoKrator <<<',
]

const added = (text: string) => ({ kind: 'added', text }) as const
const removed = (text: string) => ({ kind: 'removed', text }) as const

const COMMAND: Answer<'planOutside'> = {
  kind: 'plan',
  fingerprint: 'f-command',
  parts: [
    { title: 'Command', path: `${HOME}/.local/bin/kosmo`, lines: SHIM.map(added), stays: null },
    { title: 'Start file of your shell', path: `${HOME}/.bashrc`, lines: BLOCK.map(added), stays: null },
  ],
  notes: [`Open a new terminal: ${HOME}/.bashrc tells it of ${HOME}/.local/bin.`],
}

const EVERYTHING: Answer<'planOutside'> = {
  kind: 'plan',
  fingerprint: 'f-everything',
  parts: [
    {
      title: 'Codex',
      path: `${HOME}/.codex/config.toml`,
      lines: ['[mcp_servers.kosmokrator-mattermost]', 'command = "/opt/KosmoKrator/resources/cli/node"'].map(
        removed,
      ),
      stays: null,
    },
    {
      title: 'Cursor',
      path: `${HOME}/.cursor/mcp.json`,
      lines: [],
      stays: 'Its settings cannot be understood at line 3, column 1. They are left alone; mend them there.',
    },
    { title: 'Command', path: `${HOME}/.local/bin/kosmo`, lines: SHIM.map(removed), stays: null },
  ],
  notes: [],
}

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
    shellCommand: () => ({
      state: 'off-path',
      said: `${HOME}/.local/bin/kosmo is there, but ${HOME}/.local/bin is not on your PATH.`,
      canInstall: true,
      canRemove: true,
    }),
    planOutside: ({ action }) => (action === 'everything' ? EVERYTHING : COMMAND),
    applyOutside: () => ({
      done: ['Codex: Nothing of ours is left there.', 'Command: gone.'],
      failed: ['Cursor: Its settings cannot be understood at line 3, column 1. They are left alone.'],
    }),
    ...changes,
  }
}
