import type { WritePolicy } from '../policy/write-policy.ts'

/** The policies as people call them. */
export const POLICY_NAMES: Record<WritePolicy, string> = {
  deny: 'Read-only',
  ask: 'Ask me',
  allow: 'Allow',
}

/** What holds for everything, as a sentence. */
export function policySentence(ceiling: WritePolicy): string {
  switch (ceiling) {
    case 'deny':
      return 'Agents can read. Nothing is posted.'
    case 'ask':
      return 'Agents can read. You decide what they post.'
    case 'allow':
      return 'Agents can read, and post where you said Allow.'
  }
}
