import type { HeldBack } from '../policy/held-back.ts'
import { cleanLine } from '../text/clean.ts'
import { ellipsis } from '../text/shorten.ts'
import { POLICY_NAMES } from './policy-names.ts'

const MOST_NAMES = 3
const MOST_OF_A_NAME = 40

/** An integration with its accounts, as a person knows it: `Mattermost (@ada)`. */
export function heldBackName({ integration, accounts }: HeldBack): string {
  const names = accounts.slice(0, MOST_NAMES).map(name => ellipsis(cleanLine(name), MOST_OF_A_NAME))
  const more = accounts.length > MOST_NAMES ? [`${accounts.length - MOST_NAMES} more`] : []
  const of = names.length === 0 ? '' : ` (${[...names, ...more].join(', ')})`
  return `${integration.charAt(0).toUpperCase()}${integration.slice(1)}${of}`
}

/** Those that an Allow can lift in the same step: that a person has said Ask was only ever what a new account begins with. */
export function liftable(held: readonly HeldBack[]): HeldBack[] {
  return held.filter(({ write }) => write === 'ask')
}

/** What a ticked box stands for, next to an Allow that these hold back; undefined where none can be lifted so. */
export function liftWords(held: readonly HeldBack[]): string | undefined {
  const names = liftable(held).map(heldBackName)
  if (names.length === 0) return undefined
  return `Lift “${POLICY_NAMES.ask}” from ${names.join(' and ')} too: without that, its posts are still shown to you first.`
}

/** What an Allow does not change, a sentence each. */
export function deniedWords(held: readonly HeldBack[]): string[] {
  return held
    .filter(({ write }) => write === 'deny')
    .map(
      one =>
        `${heldBackName(one)} stays at ${POLICY_NAMES.deny}, as it is set under Accounts: nothing is posted with it.`,
    )
}
