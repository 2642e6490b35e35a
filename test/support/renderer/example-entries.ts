import type { AuditDraft, AuditEntry } from '../../../shared/audit/entry.ts'
import { NOW } from './open-window.ts'

/* What happened, as the audit of the design has it. */

const HOME = '/home/ada'

export const CODEX_CHANNEL = 'c'.repeat(26)

let sequence = 0

/** An entry of the audit, `minutes` ago. */
export function entry(minutes: number, draft: AuditDraft): AuditEntry {
  sequence += 1
  return {
    seq: sequence,
    at: new Date(NOW - minutes * 60_000).toISOString(),
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
