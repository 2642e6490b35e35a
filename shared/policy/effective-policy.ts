import { WRITE_POLICIES, type WritePolicy } from './write-policy.ts'

/** Everything that has a say in whether a client may write. */
export type PolicyInputs = {
  /** The switch for everything. At `deny` it is the kill switch. */
  ceiling: WritePolicy
  /** `--write=` in the client's configuration, `deny` where it is absent. */
  request: WritePolicy
  /** What the person set for this client in this workspace. */
  override: WritePolicy | undefined
  /** What is stored for the integration, whoever calls. */
  permission: WritePolicy | undefined
  /** What a file in the client's folder takes away. */
  folder?: WritePolicy | undefined
  /** No broker runs: the person who set `--write=` is all there is, but for a deny that was left. */
  solo: boolean
  /** Why the stored settings cannot be read. Nobody knows then what they forbid, so everything is. */
  unreadable?: string | undefined
}

/** What refused a write. */
export type RefusedBy = 'ceiling' | 'request' | 'override' | 'permission' | 'folder'

export type WriteDecision =
  | { kind: 'blocked'; by: RefusedBy; why: string }
  | { kind: 'ask'; because: 'policy' | 'wide-mention' }
  | { kind: 'permitted'; by: 'policy' | 'grant' }

export type ReadDecision =
  | { kind: 'permitted' }
  | { kind: 'blocked'; by: 'permission' | 'folder'; why: string }

/** The strictest of some policies. */
export function strictest(...policies: [WritePolicy, ...WritePolicy[]]): WritePolicy {
  return WRITE_POLICIES.find(policy => policies.includes(policy)) ?? 'deny'
}

/** The policy that holds for a write, before grants and wide mentions. */
export function effectiveWrite(inputs: PolicyInputs): WritePolicy {
  const { ceiling, request, override, permission = 'allow', folder = 'allow', solo, unreadable } = inputs
  if (unreadable !== undefined) return 'deny'
  // What a person has forbidden stays forbidden when the app that they said it to is closed.
  if (solo) return [ceiling, override].includes('deny') ? 'deny' : strictest(request, permission, folder)
  // A cloned repository can carry a client's configuration, so that never grants more than being asked.
  return strictest(ceiling, override ?? strictest(request, 'ask'), permission, folder)
}

/**
 * Whether write tools are in the client's list. The ceiling has no say, and settings that cannot be read have none
 * either: clients never read the list again, and what is mended has to work without a new thread.
 */
export function listsWrites({ request, override, permission, folder, solo }: PolicyInputs): boolean {
  if ([permission, folder].includes('deny')) return false
  return (solo ? request : (override ?? request)) !== 'deny'
}

/** Decides on one write: `wideMentions` in its text, and the grant that covers it, where there is one. */
export function decideWrite(
  inputs: PolicyInputs,
  write: { wideMentions: readonly string[]; grant: object | undefined },
): WriteDecision {
  const { unreadable } = inputs
  if (unreadable !== undefined) return { kind: 'blocked', by: 'ceiling', why: unreadable }
  const policy = effectiveWrite(inputs)
  if (policy === 'deny') {
    const by = refusedBy(inputs)
    return { kind: 'blocked', by, why: by === 'request' && inputs.solo ? SOLO_WHY : WHY[by] }
  }
  // Everybody in the channel being notified is worth a question whatever was said before.
  if (write.wideMentions.length > 0) return { kind: 'ask', because: 'wide-mention' }
  if (policy === 'allow') return { kind: 'permitted', by: 'policy' }
  return write.grant === undefined ? { kind: 'ask', because: 'policy' } : { kind: 'permitted', by: 'grant' }
}

/**
 * Decides on a read by what is stored for the integration and what a file in the client's folder takes away; where
 * neither says anything, reading is permitted.
 */
export function decideRead(permission: 'allow' | 'deny' | undefined, folder?: 'deny'): ReadDecision {
  if (permission === 'deny') return { kind: 'blocked', by: 'permission', why: READ_WHY }
  return folder === 'deny' ? { kind: 'blocked', by: 'folder', why: FOLDER_READ_WHY } : { kind: 'permitted' }
}

/** Several may refuse: the kill switch is named first, since nothing else helps while it is on. */
function refusedBy({ ceiling, override, permission, folder }: PolicyInputs): RefusedBy {
  if (ceiling === 'deny') return 'ceiling'
  if (permission === 'deny') return 'permission'
  if (folder === 'deny') return 'folder'
  return override === 'deny' ? 'override' : 'request'
}

const WHY: Record<RefusedBy, string> = {
  ceiling:
    'Writes are refused by policy: the switch for all writes is at deny. To change that, a person uses the switch in the tray or `kosmo policy ask`.',
  permission:
    'Writes are refused by policy: this integration is set to write=deny. To change that, a person runs `kosmo integrations:configure mattermost --write ask`.',
  folder:
    'Writes are refused by policy: a configuration file of this project (.kosmo/config.yaml) says so, or cannot be read. To change that, a person edits that file.',
  override:
    'Writes are refused by policy: a person set deny for this client in this workspace. To change that, a person runs `kosmo policy ask --client=NAME`.',
  request:
    "Writes are refused by policy: this client's configuration says --write=deny, or nothing. To change that, a person sets --write=ask there or runs `kosmo policy ask --client=NAME`.",
}

const SOLO_WHY =
  'Writes are refused by policy: this server was started with --write=deny. To change that, a person starts it with --write=ask or --write=allow.'

const FOLDER_READ_WHY =
  'Reads are refused by policy: a configuration file of this project (.kosmo/config.yaml) says so, or cannot be read. To change that, a person edits that file.'

const READ_WHY =
  'Reads are refused by policy: this integration is set to read=deny. To change that, a person runs `kosmo integrations:configure mattermost --read allow`.'
