import { faultCases } from '../../support/mattermost/fault-cases.ts'
import type { Fault, Matcher } from '../../support/mattermost/faults.ts'
import type { Rig } from './rig.ts'

export const FOREVER = Number.POSITIVE_INFINITY
/** What `get_current_user` asks for, and nothing else does once the program is warm. */
export const ME: Matcher = { method: 'GET', path: /\/users\/me$/ }
export const NEW_POST: Matcher = { method: 'POST', path: /\/api\/v4\/posts$/ }
/** The page of a channel that `list_posts` reads. */
export const PAGE: Matcher = { method: 'GET', path: /\/channels\/\w+\/posts$/ }

export type Meeting = { match: Matcher; times?: number; elsewhere?: string }

/** Lets the next matching request meet a fault of the robustness list. */
export function meet(rig: Rig, number: number, name: string, { match, times, elsewhere }: Meeting): void {
  const found = faultCases(elsewhere).find(each => each.case === number && each.name === name)
  if (found === undefined) throw new Error(`the list has no case ${number}: ${name}`)
  rig.mattermost.faults.push({ ...found.rule, match, ...(times !== undefined && { times }) })
}

/** Lets matching requests meet a fault that the list does not have. */
export function meetOwn(rig: Rig, fault: Fault, { match, times = 1 }: Meeting): void {
  rig.mattermost.faults.push({ fault, match, times })
}
