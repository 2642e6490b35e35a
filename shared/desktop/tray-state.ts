import { assertNever } from '../assert-never.ts'
import type { WritePolicy } from '../policy/write-policy.ts'
import { POLICY_NAMES } from './policy-names.ts'

/** What the tray's icon says. */
export type TrayState =
  | { kind: 'read-only' | 'ask' | 'allow' }
  | { kind: 'waiting'; count: number }
  /** `why` is a sentence. */
  | { kind: 'trouble'; why: string }

export type TrayFacts = {
  ceiling: WritePolicy
  /** How many requests wait for the person. */
  waiting: number
  /** Whatever is wrong, a sentence each. */
  problems: readonly string[]
}

const BY_CEILING = { deny: 'read-only', ask: 'ask', allow: 'allow' } as const

/** The one thing that an icon can say: somebody waits for you, something is wrong, or how things are set. */
export function trayState({ ceiling, waiting, problems }: TrayFacts): TrayState {
  const [why] = problems
  if (waiting > 0) return { kind: 'waiting', count: waiting }
  if (why !== undefined) return { kind: 'trouble', why }
  return { kind: BY_CEILING[ceiling] }
}

/** The words that appear over the icon. */
export function trayTooltip(state: TrayState): string {
  return `KosmoKrator: ${tooltip(state)}`
}

function tooltip(state: TrayState): string {
  switch (state.kind) {
    case 'read-only':
      return POLICY_NAMES.deny
    case 'ask':
      return POLICY_NAMES.ask
    case 'allow':
      return POLICY_NAMES.allow
    case 'waiting':
      return waitingWords(state.count)
    case 'trouble':
      return 'something is wrong'
    default:
      return assertNever(state)
  }
}

/** How many wait, as a sentence without its full stop. */
export function waitingWords(count: number): string {
  return count === 1 ? '1 post waits for you' : `${count} posts wait for you`
}
