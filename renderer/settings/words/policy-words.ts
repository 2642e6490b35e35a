import type { WritePolicy } from '../../../shared/policy/write-policy.ts'

type Words = { title: string; hint: string }

/** The three policies as people call them, and what each means for everything at once. */
export const POLICY_WORDS: Record<WritePolicy, Words> = {
  deny: { title: 'Read-only', hint: 'nothing is posted' },
  ask: { title: 'Ask me', hint: 'every post waits for you' },
  allow: { title: 'Allow', hint: 'where you said always' },
}

/** What holds, as the first sentence of the window. */
export function headline(ceiling: WritePolicy): string {
  switch (ceiling) {
    case 'deny':
      return 'Agents can read. Nothing is posted.'
    case 'ask':
      return 'Agents can read. You decide what they post.'
    case 'allow':
      return 'Agents can read, and post where you said Allow.'
  }
}
