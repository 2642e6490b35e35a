import { existsSync } from 'node:fs'
import type { PlanLine } from '../../shared/clients/plan.ts'
import { APP_ID } from '../../shared/desktop/app-id.ts'
import { KosmoError } from '../../shared/errors.ts'
import type { FileChange } from '../../shared/install/outside-plan.ts'
import type { ClientSystem } from '../clients/client-system.ts'
import { planLines } from '../clients/plan-lines.ts'
import { sha256 } from '../sha256.ts'
import { applyChanges } from './apply-changes.ts'
import { autostartPath, configFolder, readAutostartFile } from './autostart-file.ts'
import { copiesFolder } from './cli-copies.ts'
import type { InstallSystem } from './install-system.ts'
import { leavingClients } from './leaving-clients.ts'
import { removeCopies } from './leaving-copies.ts'
import { planNoCommand } from './plan-command.ts'
import { type RunKey, runKeyTitle } from './windows-run-key.ts'

/** Something of ours outside our own folder, and how it goes. */
export type Leaving = {
  kind: 'client' | 'command' | 'autostart' | 'copy'
  /** What it is to the person, a phrase. */
  title: string
  path: string
  /** Exactly what changes; none where something goes whole. */
  lines: readonly PlanLine[]
  warnings: readonly string[]
} & (
  | {
      state: 'goes'
      /** @returns a sentence, or none @throws KosmoError where it could not be done */
      undo(): Promise<string | undefined>
    }
  /** It stays; `why` is a sentence with what to do. */
  | { state: 'stays'; why: string }
)

export type LeavingSystem = ClientSystem &
  InstallSystem & {
    /** Undefined where the system has none, which is everywhere but on Windows. */
    runKey: RunKey | undefined
  }

/** Everything that was put outside our own folder, in the order in which it is to go. @param force also what a person changed since */
export async function everythingOutside(system: LeavingSystem, force: boolean): Promise<Leaving[]> {
  return [
    ...leavingClients(system, force),
    ...(await commands(system)),
    ...(await autostart(system)),
    ...copies(system),
  ]
}

/** What was shown, in short: it is done only as it was shown. */
export function leavingFingerprint(all: readonly Leaving[]): string {
  const shown = all.map(({ kind, title, path, lines, state }) => [kind, title, path, lines, state])
  return sha256(JSON.stringify(shown))
}

async function commands(system: LeavingSystem): Promise<Leaving[]> {
  const plan = await planNoCommand(system)
  if (plan.kind === 'refused') return []
  const left = plan.notes.map((why): Leaving => {
    return { kind: 'command', title: 'PATH', path: '', lines: [], warnings: [], state: 'stays', why }
  })
  if (plan.kind === 'nothing') return left
  const files = plan.changes.map(change => ofChange('command', change, system))
  const { userPath } = plan
  if (userPath === undefined) return [...files, ...left]
  const registry: Leaving = {
    kind: 'command',
    title: 'PATH of your user account',
    path: 'HKCU\\Environment\\Path',
    lines: planLines(userPath.before, userPath.after),
    warnings: [],
    state: 'goes',
    async undo() {
      await applyChanges({ ...plan, changes: [] }, system)
      return undefined
    },
  }
  return [...files, registry, ...left]
}

async function autostart(system: LeavingSystem): Promise<Leaving[]> {
  const { platform, userHome, variables, runKey } = system
  if (platform === 'linux') {
    const path = autostartPath({ config: configFolder(userHome, variables), appId: APP_ID })
    const found = readAutostartFile(path)
    if (found.kind === 'foreign' || found.text === undefined) return []
    const change = { title: 'Start at login', path, before: found.text, after: undefined, mode: 0o600 }
    return [ofChange('autostart', change, system)]
  }
  if (runKey === undefined || !(await runKey.isThere())) return []
  const title = 'Start at login'
  const base = { kind: 'autostart', title, path: runKeyTitle(APP_ID), lines: [], warnings: [] } as const
  const undo = async () => {
    await runKey.remove()
    return undefined
  }
  return [{ ...base, state: 'goes', undo }]
}

function copies({ userHome, variables }: LeavingSystem): Leaving[] {
  const path = copiesFolder(userHome, variables)
  if (!existsSync(path)) return []
  const title = 'Command line of the AppImage, which it makes anew at its next start'
  const undo = async () => {
    removeCopies(path)
    return undefined
  }
  return [{ kind: 'copy', title, path, lines: [], warnings: [], state: 'goes', undo }]
}

function ofChange(kind: Leaving['kind'], change: FileChange, system: LeavingSystem): Leaving {
  const { title, path, before = '', after = '' } = change
  return {
    kind,
    title,
    path,
    lines: planLines(before, after),
    warnings: [],
    state: 'goes',
    async undo() {
      await applyChanges({ kind: 'plan', changes: [change], userPath: undefined, notes: [] }, system)
      return undefined
    },
  }
}

/** How a part went: what is told of it. */
export type Left = Leaving & { outcome: 'gone' | 'stays'; said: string | undefined }

/** Does all of it; what fails stops nothing else. */
export async function leaveAll(all: readonly Leaving[]): Promise<Left[]> {
  const left: Left[] = []
  for (const each of all) {
    if (each.state === 'stays') left.push({ ...each, outcome: 'stays', said: each.why })
    else {
      try {
        left.push({ ...each, outcome: 'gone', said: await each.undo() })
      } catch (error) {
        if (!(error instanceof KosmoError)) throw error
        left.push({ ...each, outcome: 'stays', said: error.message })
      }
    }
  }
  return left
}
