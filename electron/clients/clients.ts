import { existsSync } from 'node:fs'
import { dirname } from 'node:path'
import { CLIENT_IDS, CLIENTS, type ClientId } from '../../shared/clients/client-facts.ts'
import type {
  Applied,
  ClientState,
  ClientView,
  InstallRequest,
  Plan,
  Planned,
  UninstallRequest,
} from '../../shared/clients/plan.ts'
import { SERVER_NAME } from '../../shared/clients/server-name.ts'
import { applyPlan, type Verify } from './apply-plan.ts'
import type { ClientSystem } from './client-system.ts'
import { findCodex } from './codex/find-codex.ts'
import { loadComplaint, verifyCodex } from './codex/verify-codex.ts'
import { commandOf, missingProgram } from './entry-command.ts'
import { isInstalled } from './installed.ts'
import { lookAt, type SettingsPlace, settingsPlace } from './look.ts'
import { planInstall } from './plan-install.ts'
import { planUninstall } from './plan-uninstall.ts'
import { openReceipts, type Receipts } from './receipts.ts'
import { verifyByHandshake, verifyWithoutCodex } from './verify-entry.ts'

/** The programs that can be connected, and what is done to their settings. */
export type Clients = {
  /** Every client and how it stands; reads files and starts nothing. */
  list(): ClientView[]
  planInstall(request: InstallRequest): Promise<Planned>
  planUninstall(request: UninstallRequest): Planned
  /** Makes what a plan shows, has the client look at it, and takes it back where that fails. */
  apply(plan: Plan): Promise<Applied>
}

/** Opens them for a person's system. */
export function openClients(system: ClientSystem): Clients {
  const receipts = openReceipts(system.kosmoHome)
  return {
    list: () => CLIENT_IDS.map(id => viewOf(id, receipts, system)),
    async planInstall(request) {
      const codexes = request.client === 'codex' ? await findCodex(system) : []
      return planInstall(request, codexes, receipts, system)
    },
    planUninstall: request => planUninstall(request, receipts, system),
    async apply(plan) {
      if (plan.client !== 'codex') return applyPlan(plan, jsonVerify(plan, system), receipts, system)
      return applyToCodex(plan, receipts, system)
    },
  }
}

async function applyToCodex(plan: Plan, receipts: Receipts, system: ClientSystem): Promise<Applied> {
  const found = await findCodex(system)
  const codexHome = codexHomeFor(plan, system)
  const [first] = found
  const canLoad = first !== undefined && existsSync(codexHome)
  const before = canLoad ? await loadComplaint(first.path, codexHome, system) : undefined
  if (before !== undefined && plan.action === 'install') {
    return {
      kind: 'refused',
      code: 'broken_file',
      message: `Codex does not start with its settings as they are: ${before}. Mend that first; nothing was changed.`,
    }
  }
  const verify: Verify = async () => {
    if (plan.action === 'install' && plan.entry !== undefined) {
      const { name, entry, isRead } = plan
      const server = commandOf('codex', entry)
      if (found.length === 0 && server !== undefined) return verifyWithoutCodex(server, entry, system)
      return verifyCodex(
        {
          found,
          codexHome,
          folder: plan.scope === 'user' ? codexHome : dirname(dirname(plan.target)),
          name,
          entry,
          isRead,
        },
        system,
      )
    }
    // What Codex could not read before is no fault of this change.
    const after =
      before === undefined && canLoad && existsSync(codexHome)
        ? await loadComplaint(first.path, codexHome, system)
        : undefined
    return after === undefined
      ? { kind: 'verified', said: 'Nothing of ours is left there.', warnings: [] }
      : { kind: 'failed', why: `Without the entry Codex does not start: ${after}.` }
  }
  return applyPlan(plan, verify, receipts, system)
}

/** Codex's own folder, also for a project's settings, which come on top of it. */
function codexHomeFor(plan: Plan, system: ClientSystem): string {
  if (plan.scope === 'user') return dirname(plan.path)
  const place = settingsPlace('codex', 'user', system)
  return place === undefined ? dirname(plan.path) : dirname(place.path)
}

function jsonVerify(plan: Plan, system: ClientSystem): Verify {
  return async () => {
    const server = commandOf(plan.client, plan.entry)
    if (plan.action === 'uninstall' || server === undefined) {
      return { kind: 'verified', said: 'Nothing of ours is left there.', warnings: [] }
    }
    return verifyByHandshake(plan.clientName, server, system)
  }
}

function viewOf(id: ClientId, receipts: Receipts, system: ClientSystem): ClientView {
  const facts = CLIENTS[id]
  const place = settingsPlace(id, 'user', system)
  const configPath = place?.path ?? ''
  const view = (
    state: ClientState,
    said: string,
    servers: string[] = [],
    hasVanished = false,
  ): ClientView => ({ id, name: facts.name, state, said, configPath, servers, hasVanished })
  if (place === undefined || !isInstalled(facts, system)) {
    return view('not-installed', `${facts.name} is not installed here.`)
  }
  const { names, ours } = namesIn(place, receipts)
  const looks = names.map(name => ({ name, look: lookAt(place, name, receipts, system) }))
  for (const { look } of looks) {
    if (look.kind === 'refused' || look.kind === 'broken') return view('broken', look.why)
  }
  const present = looks.filter(({ look }) => look.kind !== 'absent').map(({ name }) => name)
  for (const { name, look } of looks) {
    if (look.kind === 'changed') {
      return view(
        'changed-by-person',
        `The entry ${name} was changed since it was written: ${look.changes.join(', ')}.`,
        present,
      )
    }
    if (look.kind === 'foreign') {
      return view('changed-by-person', `There is a server ${name} that KosmoKrator did not write.`, present)
    }
    const command = look.kind === 'ours' ? commandOf(id, look.value) : undefined
    const gone = command && missingProgram(command)
    if (gone !== undefined)
      return view('broken', `The entry ${name} starts ${gone}, which is not there any more.`, present)
  }
  const [vanished] = looks.filter(({ look, name }) => look.kind === 'absent' && names.indexOf(name) < ours)
  if (present.length === 0) {
    const said =
      vanished === undefined
        ? `${facts.name} is here and not connected.`
        : `Somebody has taken our entry ${vanished.name} out of ${configPath}.`
    return view('installed', said, [], vanished !== undefined)
  }
  return view('connected', `${facts.name} is connected, in ${configPath}.`, present)
}

/** Names to look for; the first ones, so many as `ours`, are of entries that we wrote. */
function namesIn({ path, facts }: SettingsPlace, receipts: Receipts): { names: string[]; ours: number } {
  const mine = receipts.list().filter(each => each.client === facts.id && each.path === path)
  const names = mine.map(({ name }) => name)
  return { names: [...new Set([...names, SERVER_NAME])], ours: names.length }
}
