import * as z from 'zod'
import type { Settings } from './settings.ts'

/** An integration whose own permission is stricter than allow: whatever else is allowed, its posts are not. */
export const heldBackSchema = z.strictObject({
  /** Its id. */
  integration: z.string().max(200),
  write: z.enum(['deny', 'ask']),
  /** Whom its accounts post as, e.g. `@ada`; the alias of one that is not known. */
  accounts: z.array(z.string().max(200)),
})

export type HeldBack = z.infer<typeof heldBackSchema>

/** What is stored for integrations that would hold an Allow back. */
export function heldBack({ integrations }: Settings): HeldBack[] {
  return Object.entries(integrations).flatMap(([integration, { write, accounts }]) => {
    if (write === 'allow') return []
    const names = Object.entries(accounts).map(([alias, { user }]) => (user ?? alias).slice(0, 200))
    return [{ integration, write, accounts: names }]
  })
}
