import { assertNever } from '../../../shared/assert-never.ts'
import { deniedWords } from '../../../shared/desktop/held-back-words.ts'
import type { HeldBack } from '../../../shared/policy/held-back.ts'
import type { WritePolicy } from '../../../shared/policy/write-policy.ts'

/** What is about to be set to Allow. */
export type Loosened =
  | { kind: 'ceiling' }
  | { kind: 'client'; client: string; workspace: string; ceiling: WritePolicy }
  | { kind: 'integration'; name: string }

/** Whether a change lets something through unasked that was asked about or refused before. */
export function isLoosening(before: WritePolicy | null, after: WritePolicy | null): boolean {
  return after === 'allow' && before !== 'allow'
}

/** What Allow means here, a sentence each, before it happens. @param held what would hold it back */
export function allowMeans(loosened: Loosened, held: readonly HeldBack[] = []): string[] {
  return [...meanings(loosened), ...deniedWords(held)]
}

function meanings(loosened: Loosened): string[] {
  switch (loosened.kind) {
    case 'ceiling':
      return [
        'Clients that you set to Allow post without asking you, from now on.',
        'All other clients go on asking you about every post.',
        ALWAYS_ASKED,
      ]
    case 'client':
      return [
        'In this folder it posts without asking you: in every channel that its account may use, under your name.',
        ...(loosened.ceiling === 'allow'
          ? []
          : ['For now the switch on the Overview holds it back; this counts once that is at Allow too.']),
        ALWAYS_ASKED,
      ]
    case 'integration':
      return [
        `${loosened.name} no longer holds anybody back: the switch on the Overview and what you set for each client decide.`,
        ALWAYS_ASKED,
      ]
    default:
      return assertNever(loosened)
  }
}

const ALWAYS_ASKED = 'A post that notifies everybody (@channel, @all, @here) is always shown to you first.'
