import { LRUCache } from 'lru-cache'
import { KosmoError } from '../../shared/errors.ts'
import type { OutsidePlan } from '../../shared/install/outside-plan.ts'
import type { installMethods, OutsideApplied, OutsideView } from '../../shared/protocol/install-methods.ts'
import type { Handlers } from '../../shared/protocol/method-table.ts'
import { planLines } from '../clients/plan-lines.ts'
import { applyChanges } from '../install/apply-changes.ts'
import { commandState } from '../install/command-state.ts'
import {
  everythingOutside,
  type Leaving,
  type LeavingSystem,
  leaveAll,
  leavingFingerprint,
} from '../install/leaving.ts'
import { planCommand, planNoCommand } from '../install/plan-command.ts'
import { sha256 } from '../sha256.ts'

import type { LoginItemSetting } from './login-item.ts'

export type InstallHandlersOptions = {
  /** The person's system, with PATH as a terminal has it. */
  system(): Promise<LeavingSystem>
  /** The app's start at login, where only the app itself can change it: on macOS. */
  loginItem: LoginItemSetting | undefined
}

/** What the settings window shows and does of what we put outside our own folder. Only what was shown is done. */
export function installHandlers({
  system,
  loginItem,
}: InstallHandlersOptions): Handlers<typeof installMethods> {
  /** What does what was shown, by its fingerprint. */
  const shown = new LRUCache<string, () => Promise<OutsideApplied>>({ max: 20 })
  return {
    async shellCommand() {
      const here = await system()
      const { kind, said } = commandState(here)
      const [there, gone] = [await planCommand(here, true), await planNoCommand(here)]
      return { state: kind, said, canInstall: there.kind !== 'nothing', canRemove: gone.kind === 'plan' }
    },
    async planOutside({ action }) {
      const here = await system()
      if (action === 'everything') {
        const all = await everythingOutside(here, false)
        if (all.length === 0)
          return { kind: 'nothing', said: 'There is nothing outside of its own folder.', notes: [] }
        const fingerprint = leavingFingerprint(all)
        shown.set(fingerprint, async () => {
          loginItem?.set(false)
          return leftView(await leaveAll(all))
        })
        const login = loginItem?.read().kind === 'on' ? ['It will not start at login any more.'] : []
        const notes = [...all.flatMap(each => each.warnings), ...login]
        return { kind: 'plan', fingerprint, parts: all.map(partOf), notes }
      }
      const plan = action === 'command' ? await planCommand(here, true) : await planNoCommand(here)
      if (plan.kind === 'plan') {
        shown.set(fingerprintOf(plan), async () => {
          await applyChanges(plan, here)
          return { done: [DONE[action], ...plan.notes], failed: [] }
        })
      }
      return planView(plan)
    },
    async applyOutside({ fingerprint }) {
      const apply = shown.get(fingerprint)
      if (apply === undefined)
        throw new KosmoError('not_found', 'This was shown too long ago. Look at it again.')
      shown.delete(fingerprint)
      return apply()
    },
  }
}

const DONE = {
  command: 'kosmo is in its place.',
  'no-command': 'kosmo is not on your PATH any more.',
}

type Changes = Extract<OutsidePlan, { kind: 'plan' }>

function planView(plan: OutsidePlan): OutsideView {
  if (plan.kind !== 'plan') return plan
  const { changes, userPath, notes } = plan
  const files = changes.map(({ title, path, before = '', after = '' }) => ({
    title,
    path,
    lines: linesOf(before, after),
    stays: null,
  }))
  const title = 'PATH of your user account'
  const path = 'HKCU\\Environment\\Path'
  const registry = userPath && { title, path, lines: linesOf(userPath.before, userPath.after), stays: null }
  const parts = registry === undefined ? files : [...files, registry]
  return { kind: 'plan', fingerprint: fingerprintOf(plan), parts, notes }
}

function partOf(each: Leaving) {
  const { title, path, lines } = each
  return { title, path, lines: lines.map(lineOf), stays: each.state === 'stays' ? each.why : null }
}

function leftView(left: Awaited<ReturnType<typeof leaveAll>>): OutsideApplied {
  const tell = (outcome: 'gone' | 'stays') =>
    left.filter(each => each.outcome === outcome).map(({ title, said }) => `${title}: ${said ?? 'gone.'}`)
  return { done: tell('gone'), failed: tell('stays') }
}

function linesOf(before: string, after: string) {
  return planLines(before, after).map(lineOf)
}

function lineOf({ sign, text }: { sign: '-' | '+'; text: string }) {
  return { kind: sign === '+' ? ('added' as const) : ('removed' as const), text }
}

function fingerprintOf({ changes, userPath }: Changes): string {
  return sha256(JSON.stringify([changes, userPath]))
}
