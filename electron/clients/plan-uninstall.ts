import { assertNever } from '../../shared/assert-never.ts'
import { CLIENTS } from '../../shared/clients/client-facts.ts'
import type { Plan, Planned, Refusal, UninstallRequest } from '../../shared/clients/plan.ts'
import type { Receipt } from '../../shared/clients/receipt.ts'
import { SERVER_NAME } from '../../shared/clients/server-name.ts'
import { readBackup } from './backups.ts'
import type { ClientSystem } from './client-system.ts'
import { type Look, lookAt, type SettingsPlace, settingsPlace } from './look.ts'
import { isOnlyEntryChanged } from './only-entry-changed.ts'
import { planLines } from './plan-lines.ts'
import type { Receipts } from './receipts.ts'
import type { Placing } from './settings-format.ts'

type Present = Extract<Look, { value: unknown }>

/** Of an entry that we did not write: it goes without anything around it. */
const UNKNOWN: Placing = { lead: '', tail: '', comma: false, madeContainer: false }

/** What would have to be written so that nothing of ours is left. Changes nothing. */
export function planUninstall(request: UninstallRequest, receipts: Receipts, system: ClientSystem): Planned {
  const { client, scope, force } = request
  const place = settingsPlace(client, scope, system)
  if (place === undefined) {
    return refused('no_such_scope', `${CLIENTS[client].name} has no settings for one project alone.`)
  }
  const name = nameFor(request, place, receipts)
  if (typeof name !== 'string') return name
  const look = lookAt(place, name, receipts, system)
  const { facts, path } = place
  switch (look.kind) {
    case 'refused':
      return refused('unreadable', `${look.why} Nothing was changed.`)
    case 'broken':
      return refused('broken_file', look.why)
    case 'absent':
      return {
        kind: 'nothing',
        path,
        name,
        message: `${facts.name} has no server ${name} in ${path}.`,
        entry: undefined,
      }
    case 'foreign':
      if (!force) {
        return refused(
          'foreign_entry',
          `The server ${name} in ${path} was not written by KosmoKrator, so it is left there. --force takes it out and keeps a copy of the file.`,
        )
      }
      return planFor(place, name, look)
    case 'changed':
      if (!force) {
        return refused(
          'changed_by_person',
          `Somebody changed our entry in ${path} since it was written: ${look.changes.join(', ')}. --force takes it out with that and keeps a copy of the file.`,
        )
      }
      return planFor(place, name, look)
    case 'ours':
      return planFor(place, name, look)
    default:
      return assertNever(look)
  }
}

function planFor(place: SettingsPlace, name: string, look: Present): Plan | Refusal {
  const { facts, scope, path, format } = place
  const { file, receipt, kept } = look
  let after: string | undefined
  try {
    after = originalText(look, receipt) ?? format.remove(file.text, name, receipt?.placing ?? UNKNOWN)
  } catch {
    return cannotEdit(path)
  }
  if (!isOnlyEntryChanged(format, name, file.text, after)) return cannotEdit(path)
  const isNothingLeft = receipt?.madeFile === true && /^[\s\ufeff{}]*$/.test(after)
  const lines = planLines(file.text, after)
  const allowed = Object.keys(kept)
  return {
    kind: 'plan',
    action: 'uninstall',
    client: facts.id,
    clientName: facts.name,
    scope,
    name,
    path,
    target: file.target,
    beforeHash: file.hash,
    before: file.text,
    after: isNothingLeft ? undefined : after,
    lines: isNothingLeft ? planLines(file.text, '') : lines,
    warnings:
      allowed.length === 0
        ? []
        : [`What Codex was told to always allow goes with it: ${allowed.join(', ')}.`],
    trustStep: undefined,
    afterwards: facts.afterwards,
    entry: undefined,
    receipt,
    removeFolders: isNothingLeft ? [...(receipt?.madeFolders ?? [])].reverse() : [],
    isRead: scope === 'user',
  }
}

/** The text before we came, where nobody has changed the file since. */
function originalText({ file }: Present, receipt: Receipt | undefined): string | undefined {
  if (receipt?.origin.kind !== 'file' || file.hash !== receipt.afterHash) return undefined
  return readBackup(receipt.origin.backup, receipt.origin.hash)
}

function nameFor(
  { client, scope, name }: UninstallRequest,
  { path }: SettingsPlace,
  receipts: Receipts,
): string | Refusal {
  if (name !== undefined) return name
  const ours = receipts
    .list()
    .filter(each => each.client === client && each.scope === scope && each.path === path)
    .map(each => each.name)
  if (ours.length > 1) {
    return refused(
      'several_entries',
      `There are several servers of ours in ${path}; say which one with --name: ${ours.join(', ')}.`,
    )
  }
  return ours[0] ?? SERVER_NAME
}

function cannotEdit(path: string): Refusal {
  return refused(
    'cannot_edit',
    `${path} could not be changed without touching what is not ours, so it was left alone. Take the entry out by hand.`,
  )
}

function refused(code: Refusal['code'], message: string): Refusal {
  return { kind: 'refused', code, message }
}
