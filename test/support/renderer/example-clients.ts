import { NOW } from './open-window.ts'
import type { AppHandlers } from './scripted-app.ts'

/* Clients of the design, connected and known. */

type Answer<Name extends keyof AppHandlers<'settings'>> = Awaited<
  ReturnType<Required<AppHandlers<'settings'>>[Name]>
>

const HOME = '/home/ada'

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
    connectedAt: NOW - 32 * 60_000,
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
