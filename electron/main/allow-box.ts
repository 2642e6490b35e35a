import { dialog } from 'electron'
import { deniedWords, liftable, liftWords } from '../../shared/desktop/held-back-words.ts'
import type { HeldBack } from '../../shared/policy/held-back.ts'

/** What is asked before an Allow: `details` say what it means, `held` is what would hold it back. */
export type AllowQuestion = { message: string; details: readonly string[]; held: readonly HeldBack[] }

/** The person's answer; `lift`: the integrations whose own limit goes in the same step. */
export type AllowAnswer = { kind: 'cancelled' } | { kind: 'allowed'; lift: string[] }

/** Asks before anybody may post unasked, and offers to lift what would hold that back. */
export async function askToAllow({ message, details, held }: AllowQuestion): Promise<AllowAnswer> {
  const box = liftWords(held)
  const { response, checkboxChecked } = await dialog.showMessageBox({
    type: 'question',
    title: 'KosmoKrator',
    message,
    detail: [...details, ...deniedWords(held)].join(' '),
    ...(box !== undefined && { checkboxLabel: box, checkboxChecked: true }),
    buttons: ['Allow', 'Cancel'],
    defaultId: 1,
    cancelId: 1,
    noLink: true,
  })
  if (response !== 0) return { kind: 'cancelled' }
  return {
    kind: 'allowed',
    lift: checkboxChecked ? liftable(held).map(({ integration }) => integration) : [],
  }
}
