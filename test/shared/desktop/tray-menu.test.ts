import { describe, expect, it } from 'vitest'
import { assertNever } from '../../../shared/assert-never.ts'
import type { AuditEntry } from '../../../shared/audit/entry.ts'
import type { MenuEntry } from '../../../shared/desktop/menu.ts'
import { type TrayAction, type TrayMenuFacts, trayMenu } from '../../../shared/desktop/tray-menu.ts'
import type { ClientView } from '../../../shared/protocol/surface-methods.ts'
import { makeApproval } from '../../support/terminal/approvals.ts'

const CLIENT: ClientView = {
  session: 's1',
  client: 'codex-mcp-client',
  version: '1',
  workspace: '/home/ada/src/webapp',
  account: 'default',
  pid: 1,
  parent: 2,
  connectedAt: 0,
  calls: 3,
  request: 'ask',
  override: null,
  effective: 'ask',
  pending: 0,
}
const FACTS: TrayMenuFacts = {
  ceiling: 'ask',
  problems: [],
  approvals: [],
  waiting: 0,
  clients: [],
  overrides: [],
  activity: [],
  loginItem: { kind: 'off' },
  update: { kind: 'elsewhere', how: '' },
  homeDirectory: '/home/ada',
  timeOf: iso => iso.slice(11, 16),
}

type Entry = MenuEntry<TrayAction>

/** The menu as lines: ○ and ● for choices, indented where it is a submenu. */
function lines(entries: readonly Entry[], indent = ''): string[] {
  return entries.flatMap(entry => {
    switch (entry.kind) {
      case 'separator':
        return [`${indent}—`]
      case 'text':
        return [`${indent}(${entry.label})`]
      case 'action':
        return [`${indent}${entry.label}`]
      case 'choice':
        return [`${indent}${entry.isChosen ? '●' : '○'} ${entry.label}`]
      case 'tick':
        return [`${indent}${entry.isOn ? '☑' : '☐'} ${entry.label}`]
      case 'submenu':
        return [`${indent}${entry.label} ▸`, ...lines(entry.entries, `${indent}  `)]
      default:
        return assertNever(entry)
    }
  })
}

const menu = (facts: Partial<TrayMenuFacts> = {}) =>
  trayMenu({ ...FACTS, waiting: facts.approvals?.length ?? 0, ...facts })
const show = (facts: Partial<TrayMenuFacts> = {}) => lines(menu(facts))

/** What a choice does, by its label. */
function action(label: string, facts: Partial<TrayMenuFacts> = {}): TrayAction | undefined {
  const all = (entries: readonly Entry[]): Entry[] =>
    entries.flatMap(entry => (entry.kind === 'submenu' ? [entry, ...all(entry.entries)] : [entry]))
  const found = all(menu(facts)).find(entry => entry.kind !== 'separator' && entry.label === label)
  return found !== undefined && 'action' in found ? found.action : undefined
}

it('where nothing happens', () => {
  expect(show()).toEqual([
    '(Agents can read. You decide what they post.)',
    '—',
    '(Writes)',
    '○ Read-only',
    '● Ask me',
    '○ Allow',
    '—',
    '(Nothing waits for you)',
    '—',
    '(No client is connected)',
    'Connect Codex…',
    '—',
    '(No activity yet)',
    'Settings…',
    '☐ Start at login',
    '—',
    'Quit KosmoKrator',
  ])
})

it('with somebody at work', () => {
  const entry: AuditEntry = {
    seq: 1,
    at: '2026-03-01T12:41:00.000Z',
    kind: 'call',
    client: 'codex-mcp-client',
    function: 'mattermost_list_posts',
    outcome: 'ok',
    prev: '',
    hash: '',
  }
  const decided: AuditEntry = {
    ...entry,
    kind: 'decision',
    target: '~dev chat.example.org abc',
    decision: 'denied',
  }
  const changed: AuditEntry = { ...entry, kind: 'change', decision: 'ceiling deny', target: 'all clients' }
  const text = show({
    ceiling: 'deny',
    approvals: [
      makeApproval({ id: 'a1' }, { place: '~release-train' }),
      makeApproval({ id: 'a2' }, { place: '@bob' }),
    ],
    clients: [
      CLIENT,
      { ...CLIENT, session: 's2' },
      { ...CLIENT, client: 'R&D_bot', workspace: '/srv/x', request: 'allow' },
    ],
    overrides: [{ client: 'R&D_bot', workspace: '/srv/x', policy: 'deny' }],
    activity: [entry, decided, changed, entry, entry, entry],
    loginItem: { kind: 'on' },
  })
  expect(text).toEqual([
    '(Agents can read. Nothing is posted.)',
    '—',
    '(Writes)',
    '● Read-only',
    '○ Ask me',
    '○ Allow',
    '—',
    '(2 posts wait for you)',
    'Codex → ~release-train',
    'Codex → @bob',
    '—',
    'Codex, ~/src/webapp ▸',
    '  ○ Read-only',
    '  ○ Ask me',
    '  ○ Allow',
    '  ● As configured (Ask me)',
    'R D_bot, /srv/x ▸',
    '  ● Read-only',
    '  ○ Ask me',
    '  ○ Allow',
    '  ○ As configured (Ask me)',
    'Connect Codex…',
    '—',
    'Recent activity ▸',
    '  12:41  Codex · list posts · ok',
    '  12:41  Codex · ~dev · denied',
    '  12:41  ceiling deny · all clients',
    '  12:41  Codex · list posts · ok',
    '  12:41  Codex · list posts · ok',
    '  —',
    '  All activity…',
    'Settings…',
    '☑ Start at login',
    '—',
    'Quit KosmoKrator',
  ])
})

describe('what a choice does', () => {
  const approvals = [makeApproval({ id: 'a1' }, { place: '~release-train' })]
  it.each<[string, Partial<TrayMenuFacts>, TrayAction]>([
    ['Read-only', {}, { kind: 'set-ceiling', policy: 'deny' }],
    ['Allow', {}, { kind: 'set-ceiling', policy: 'allow' }],
    ['Codex → ~release-train', { approvals }, { kind: 'show-approvals', id: 'a1' }],
    [
      'As configured (Ask me)',
      { clients: [CLIENT] },
      { kind: 'set-override', client: 'codex-mcp-client', workspace: '/home/ada/src/webapp', policy: null },
    ],
    ['Connect Codex…', {}, { kind: 'show-settings', section: 'clients' }],
    ['Settings…', {}, { kind: 'show-settings', section: 'overview' }],
    ['Start at login', {}, { kind: 'set-login-item', on: true }],
    ['Start at login', { loginItem: { kind: 'on' } }, { kind: 'set-login-item', on: false }],
    [
      'Version 2.0.0 is there…',
      { update: { kind: 'found', version: '2.0.0', notes: '' } },
      { kind: 'show-settings', section: 'about' },
    ],
    [
      'Version 2.0.0 can be installed…',
      { update: { kind: 'ready', version: '2.0.0', notes: '', atQuit: false } },
      { kind: 'show-settings', section: 'about' },
    ],
    ['Check for updates…', { update: { kind: 'idle' } }, { kind: 'look-for-updates' }],
    ['Quit KosmoKrator', {}, { kind: 'quit' }],
  ])('%s', (label, facts, expected) => {
    expect(action(label, facts)).toEqual(expected)
  })
})

it('trouble comes first, and leads to where it is told whole', () => {
  const problems = [`The settings cannot be read (${'x'.repeat(200)}\n)`]
  const [first = ''] = show({ problems })
  expect(first).toMatch(/^⚠ The settings cannot be read/)
  expect(first.length).toBeLessThanOrEqual(92)
  expect(action(first, { problems })).toEqual({ kind: 'show-settings', section: 'overview' })
})

it('a menu stays short, however much there is', () => {
  const approvals = Array.from({ length: 40 }, (_, index) => makeApproval({ id: `a${index}` }))
  const clients = Array.from({ length: 40 }, (_, index) => ({ ...CLIENT, workspace: `/w/${index}` }))
  const facts = { approvals, clients }
  expect(menu(facts).length).toBeLessThan(45)
  expect(action('… and 30 more', facts)).toEqual({ kind: 'show-approvals' })
  expect(action('… and 990 more', { ...facts, waiting: 1_000 })).toEqual({ kind: 'show-approvals' })
  expect(action('… and 28 more', facts)).toEqual({ kind: 'show-settings', section: 'clients' })
})

it('where the system has no start at login, nothing offers it', () => {
  expect(show({ loginItem: { kind: 'unavailable', why: 'x' } })).not.toContain('☐ Start at login')
})
