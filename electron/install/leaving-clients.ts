import { dirname } from 'node:path'
import { assertNever } from '../../shared/assert-never.ts'
import { CLIENTS } from '../../shared/clients/client-facts.ts'
import type { Receipt } from '../../shared/clients/receipt.ts'
import { KosmoError } from '../../shared/errors.ts'
import type { ClientSystem } from '../clients/client-system.ts'
import { type Clients, openClients } from '../clients/clients.ts'
import { settingsPlace } from '../clients/look.ts'
import { openReceipts } from '../clients/receipts.ts'
import type { Leaving } from './leaving.ts'

/** Our entries in the settings of every client and project that they were written into, the newest first. */
export function leavingClients(system: ClientSystem, force: boolean): Leaving[] {
  const receipts = openReceipts(system.kosmoHome)
  const broken = receipts.problems().map((problem): Leaving => {
    const why = `${problem} What it speaks of is not known; see kosmo doctor, and take the entry out there yourself.`
    return { kind: 'client', title: 'A client', path: '', lines: [], warnings: [], state: 'stays', why }
  })
  const seen = new Set<string>()
  const entries = [...receipts.list()].reverse().flatMap(receipt => {
    const isFirst = !seen.has(receipt.target)
    seen.add(receipt.target)
    return leavingEntry(receipt, isFirst, system, force)
  })
  return [...entries, ...broken]
}

function leavingEntry(receipt: Receipt, isFirst: boolean, system: ClientSystem, force: boolean): Leaving[] {
  const { client, scope, path, name } = receipt
  const base = { kind: 'client', title: CLIENTS[client].name, path, lines: [], warnings: [] } as const
  const around = systemOf(receipt, system)
  if (around === undefined) {
    const why = `${CLIENTS[client].name} has its settings elsewhere now. Take the entry ${name} out of ${path} yourself.`
    return [{ ...base, state: 'stays', why }]
  }
  const clients = openClients(around)
  const plan = () => clients.planUninstall({ client, scope, name, force })
  const planned = plan()
  switch (planned.kind) {
    case 'nothing':
      return []
    case 'refused': {
      const why = planned.message.replace('--force takes', 'kosmo uninstall --force takes')
      return [{ ...base, state: 'stays', why }]
    }
    case 'plan': {
      const { lines, warnings } = planned
      // What is planned of the second entry of a file holds once the first is out.
      const undo = () => takenOut(clients, isFirst ? planned : plan())
      return [{ ...base, lines, warnings, state: 'goes', undo }]
    }
    default:
      return assertNever(planned)
  }
}

async function takenOut(clients: Clients, planned: ReturnType<Clients['planUninstall']>) {
  if (planned.kind === 'nothing') return undefined
  if (planned.kind === 'refused') throw new KosmoError('refused', planned.message)
  const applied = await clients.apply(planned)
  switch (applied.kind) {
    case 'done':
      return applied.verified
    case 'rolled-back':
      throw new KosmoError('refused', applied.why)
    case 'refused':
      throw new KosmoError('refused', applied.message)
    default:
      return assertNever(applied)
  }
}

/** The system as it was when the entry was written: a client's folder can be named by a variable, and a project is where one works. */
function systemOf({ client, scope, path }: Receipt, system: ClientSystem): ClientSystem | undefined {
  const isPlace = (around: ClientSystem) => settingsPlace(client, scope, around)?.path === path
  const { folderVariable } = CLIENTS[client]
  const candidates: ClientSystem[] = [system]
  if (scope === 'user' && folderVariable !== undefined) {
    const variables = { ...system.variables, [folderVariable.name]: dirname(path) }
    candidates.push({ ...system, variables })
  }
  if (scope === 'project') {
    for (let folder = dirname(path); dirname(folder) !== folder; folder = dirname(folder)) {
      candidates.push({ ...system, cwd: folder })
    }
  }
  return candidates.find(isPlace)
}
