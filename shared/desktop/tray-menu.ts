import type { Approval } from '../approvals/approval.ts'
import type { AuditEntry } from '../audit/entry.ts'
import type { PolicyOverride } from '../policy/settings.ts'
import { WRITE_POLICIES, type WritePolicy } from '../policy/write-policy.ts'
import type { LoginItem } from '../protocol/desktop-methods.ts'
import type { ClientView } from '../protocol/surface-methods.ts'
import { cleanLine } from '../text/clean.ts'
import { ellipsis } from '../text/shorten.ts'
import type { UpdateState } from '../updates/update-state.ts'
import { activityLine } from './activity-line.ts'
import { clientLabel, folderLabel, placeLabel } from './labels.ts'
import type { MenuEntry } from './menu.ts'
import { POLICY_NAMES, policySentence } from './policy-names.ts'
import { waitingWords } from './tray-state.ts'

/** What a choice in the tray's menu does. */
export type TrayAction =
  | { kind: 'set-ceiling'; policy: WritePolicy }
  /** `policy: null`: its own configuration counts again. */
  | { kind: 'set-override'; client: string; workspace: string; policy: WritePolicy | null }
  /** Without an id: whichever is first. */
  | { kind: 'show-approvals'; id?: string }
  | { kind: 'show-settings'; section: string }
  | { kind: 'set-login-item'; on: boolean }
  | { kind: 'look-for-updates' }
  | { kind: 'quit' }

export type TrayMenuFacts = {
  ceiling: WritePolicy
  problems: readonly string[]
  /** The oldest of what waits, and how many wait in all. */
  approvals: readonly Approval[]
  waiting: number
  clients: readonly ClientView[]
  overrides: readonly PolicyOverride[]
  /** Newest first. */
  activity: readonly AuditEntry[]
  loginItem: LoginItem
  update: UpdateState
  /** The person's home directory. */
  homeDirectory: string
  /** The time of an entry in the person's words and zone, e.g. `12:41`. */
  timeOf(iso: string): string
}

type Entry = MenuEntry<TrayAction>

/** A menu is no list: what is beyond this is in the windows. */
const MOST_APPROVALS = 10
const MOST_CLIENTS = 12
const MOST_ACTIVITY = 5
const MOST_TROUBLE = 90

/** The tray's menu for how things are now. */
export function trayMenu(facts: TrayMenuFacts): Entry[] {
  return [
    ...statusEntries(facts),
    separator,
    { kind: 'text', label: 'Writes' },
    ...WRITE_POLICIES.map((policy): Entry => {
      const isChosen = policy === facts.ceiling
      return {
        kind: 'choice',
        label: POLICY_NAMES[policy],
        isChosen,
        action: { kind: 'set-ceiling', policy },
      }
    }),
    separator,
    ...waitingEntries(facts),
    ...clientEntries(facts),
    { kind: 'action', label: 'Connect Codex…', action: settings('clients') },
    separator,
    activityEntry(facts),
    { kind: 'action', label: 'Settings…', action: settings('overview') },
    ...loginEntries(facts.loginItem),
    ...(facts.update.kind === 'elsewhere' ? [] : [lookEntry]),
    separator,
    { kind: 'action', label: 'Quit KosmoKrator', action: { kind: 'quit' } },
  ]
}

const separator: Entry = { kind: 'separator' }
const lookEntry: Entry = {
  kind: 'action',
  label: 'Check for updates…',
  action: { kind: 'look-for-updates' },
}

function settings(section: string): TrayAction {
  return { kind: 'show-settings', section }
}

function statusEntries({ ceiling, problems, update }: TrayMenuFacts): Entry[] {
  const [trouble] = problems
  const status: Entry =
    trouble === undefined
      ? { kind: 'text', label: policySentence(ceiling) }
      : {
          kind: 'action',
          label: `⚠ ${ellipsis(cleanLine(trouble), MOST_TROUBLE)}`,
          action: settings('overview'),
        }
  const label = updateLabel(update)
  return label === undefined ? [status] : [status, { kind: 'action', label, action: settings('about') }]
}

/** What there is to do about a newer version; undefined where nothing is. */
function updateLabel(update: UpdateState): string | undefined {
  if (update.kind === 'found') return `Version ${update.version} is there…`
  return update.kind === 'ready' ? `Version ${update.version} can be installed…` : undefined
}

function waitingEntries({ approvals, waiting }: TrayMenuFacts): Entry[] {
  if (approvals.length === 0) return [{ kind: 'text', label: 'Nothing waits for you' }, separator]
  const shown = approvals.slice(0, MOST_APPROVALS).map(({ id, asker, subject }): Entry => {
    const label = `${clientLabel(asker.client)} → ${placeLabel(subject.place)}`
    return { kind: 'action', label, action: { kind: 'show-approvals', id } }
  })
  const more = waiting - shown.length
  const all: Entry = { kind: 'action', label: `… and ${more} more`, action: { kind: 'show-approvals' } }
  return [{ kind: 'text', label: waitingWords(waiting) }, ...shown, ...(more > 0 ? [all] : []), separator]
}

/** One entry for each client in each folder, however many sessions it has there: that is what a policy is set for. */
function clientEntries({ clients, overrides, homeDirectory }: TrayMenuFacts): Entry[] {
  const byPlace = new Map(clients.map(view => [JSON.stringify([view.client, view.workspace]), view]))
  if (byPlace.size === 0) return [{ kind: 'text', label: 'No client is connected' }]
  const shown = [...byPlace.values()].slice(0, MOST_CLIENTS).map((view): Entry => {
    const { client, workspace, request } = view
    const set = overrides.find(each => each.client === client && each.workspace === workspace)?.policy ?? null
    return {
      kind: 'submenu',
      label: `${clientLabel(client)}, ${folderLabel(workspace, homeDirectory)}`,
      entries: [
        ...WRITE_POLICIES.map((policy): Entry => choice(view, policy, POLICY_NAMES[policy], set === policy)),
        choice(
          view,
          null,
          `As configured (${POLICY_NAMES[request === 'allow' ? 'ask' : request]})`,
          set === null,
        ),
      ],
    }
  })
  const more = byPlace.size - shown.length
  if (more === 0) return shown
  return [...shown, { kind: 'action', label: `… and ${more} more`, action: settings('clients') }]
}

function choice(
  { client, workspace }: ClientView,
  policy: WritePolicy | null,
  label: string,
  isChosen: boolean,
): Entry {
  return { kind: 'choice', label, isChosen, action: { kind: 'set-override', client, workspace, policy } }
}

function activityEntry({ activity, timeOf }: TrayMenuFacts): Entry {
  const recent = activity.slice(0, MOST_ACTIVITY)
  if (recent.length === 0) return { kind: 'text', label: 'No activity yet' }
  const entries = recent.map((entry): Entry => {
    return {
      kind: 'action',
      label: `${timeOf(entry.at)}  ${activityLine(entry)}`,
      action: settings('activity'),
    }
  })
  const all: Entry = { kind: 'action', label: 'All activity…', action: settings('activity') }
  return { kind: 'submenu', label: 'Recent activity', entries: [...entries, separator, all] }
}

function loginEntries(item: LoginItem): Entry[] {
  if (item.kind === 'unavailable') return []
  const isOn = item.kind === 'on'
  return [{ kind: 'tick', label: 'Start at login', isOn, action: { kind: 'set-login-item', on: !isOn } }]
}
