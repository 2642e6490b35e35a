import { assertNever } from '../../shared/assert-never.ts'
import { CLIENTS } from '../../shared/clients/client-facts.ts'
import { userPaths } from '../../shared/clients/client-paths.ts'
import type { CodexVersion } from '../../shared/clients/codex/version.ts'
import type { InstallRequest, Plan, Planned, Refusal } from '../../shared/clients/plan.ts'
import type { Receipt } from '../../shared/clients/receipt.ts'
import type { JsonObject } from '../../shared/clients/server-entry.ts'
import { type ChosenName, isServerName, serverNameFor } from '../../shared/clients/server-name.ts'
import { clientEntry } from './client-entry.ts'
import type { ClientSystem } from './client-system.ts'
import type { FoundCodex } from './codex/find-codex.ts'
import { isTrustedByCodex } from './codex/trusted-folder.ts'
import { isRecord, isSame } from './compare-values.ts'
import { keptWarnings, programWarnings } from './entry-warnings.ts'
import { isInstalled } from './installed.ts'
import { type Look, lookAt, type SettingsPlace, settingsPlace, type UsableLook } from './look.ts'
import { newReceipt } from './new-receipt.ts'
import { isOnlyEntryChanged } from './only-entry-changed.ts'
import { planLines } from './plan-lines.ts'
import type { Receipts } from './receipts.ts'

/** What would have to be written so that a client starts our server. Changes nothing. */
export function planInstall(
  request: InstallRequest,
  codexes: readonly FoundCodex[],
  receipts: Receipts,
  system: ClientSystem,
): Planned {
  const { client, scope, serve, force } = request
  const place = settingsPlace(client, scope, system)
  if (place === undefined)
    return refused(
      'no_such_scope',
      `${CLIENTS[client].name} has no settings for one project alone. Leave --scope out.`,
    )
  const { facts, path } = place
  if (scope === 'project' && userPaths(facts, system).includes(path)) {
    const why = `Those of the project here are your own settings (${path}). Leave --scope out, or go to a project.`
    return refused('no_such_scope', why)
  }
  if (scope === 'user' && codexes.length === 0 && !isInstalled(facts, system)) {
    return refused(
      'not_installed',
      `${facts.name} is not installed here: there is neither its program nor its folder. Nothing was changed.`,
    )
  }
  // Others with another Codex may share a project's file.
  const versions = client === 'codex' && scope === 'user' ? codexes.map(({ version }) => version) : []
  const { name, why } = nameFor(request, place, versions, receipts, system)
  if (!isServerName(name)) {
    return refused('bad_name', 'The name of a server has 1 to 40 letters, digits, "-" and "_".')
  }
  const look = admit(lookAt(place, name, receipts, system), place, name, force)
  if ('code' in look) return look
  const entry = withKept(clientEntry(client, serve, versions, system), look)
  const kept = 'kept' in look ? look.kept : {}
  if (look.kind === 'ours' && isSame(look.value, entry)) {
    return {
      kind: 'nothing',
      path,
      name,
      entry,
      message: `${facts.name} is connected already, just so, in ${path}.`,
    }
  }
  const receipt = 'receipt' in look ? look.receipt : undefined
  return planFor(place, name, entry, look, serve.write, system, [
    ...(why === undefined ? [] : [why]),
    ...programWarnings(facts, system),
    ...keptWarnings(kept, serve.write, receipt),
  ])
}

function planFor(
  place: SettingsPlace,
  name: string,
  entry: JsonObject,
  look: UsableLook,
  write: Receipt['write'],
  system: ClientSystem,
  warnings: string[],
): Plan | Refusal {
  const { facts, scope, path, format, folder } = place
  const { file } = look
  const before = file.kind === 'text' ? file.text : undefined
  let put: ReturnType<typeof format.put>
  try {
    put = format.put(before ?? '', name, entry)
  } catch {
    return cannotEdit(path)
  }
  if (!isOnlyEntryChanged(format, name, before ?? '', put.text)) return cannotEdit(path)
  const found = format.find(put.text, name)
  if (found.kind !== 'entry' || !isSame(found.value, entry)) return cannotEdit(path)
  const isTrusted = folder === undefined || (facts.id === 'codex' && isTrustedByCodex(folder, system))
  return {
    kind: 'plan',
    action: 'install',
    client: facts.id,
    clientName: facts.name,
    scope,
    name,
    path,
    target: file.target,
    beforeHash: file.kind === 'text' ? file.hash : undefined,
    before,
    after: put.text,
    lines: planLines(before ?? '', put.text),
    warnings: folder === undefined ? warnings : [...warnings, OF_THIS_MACHINE],
    trustStep: isTrusted ? undefined : facts.trustStep,
    afterwards: facts.afterwards,
    entry,
    receipt: newReceipt(place, name, entry, look, write, put, system.now()),
    removeFolders: [],
    isRead: isTrusted,
  }
}

const OF_THIS_MACHINE =
  'The file holds paths of this machine: others who get it with the project cannot use it.'

function nameFor(
  { client, scope, name }: InstallRequest,
  { path }: SettingsPlace,
  versions: readonly (CodexVersion | undefined)[],
  receipts: Receipts,
  { offered }: ClientSystem,
): ChosenName {
  if (name !== undefined) return { name, why: undefined }
  const before = receipts
    .list()
    .filter(each => each.client === client && each.scope === scope && each.path === path)
  const [only] = before
  if (only !== undefined && before.length === 1) return { name: only.name, why: undefined }
  const lengths = offered.flatMap(({ tools }) => tools.map(tool => tool.name.length))
  return serverNameFor(client, versions, Math.max(0, ...lengths))
}

/** The look where something may be planned on it, else why not. */
function admit(
  look: Look,
  { facts, path }: SettingsPlace,
  name: string,
  force: boolean,
): UsableLook | Refusal {
  switch (look.kind) {
    case 'refused':
      return refused('unreadable', `${look.why} Nothing was changed.`)
    case 'broken':
      return refused('broken_file', look.why)
    case 'foreign':
      if (force) return look
      return refused(
        'foreign_entry',
        `${path} has a server ${name} that KosmoKrator did not write. --force puts ours in its place and keeps a copy of the file; another --name leaves it alone.`,
      )
    case 'changed':
      if (force) return look
      return refused(
        'changed_by_person',
        `Somebody changed our entry in ${path} since it was written: ${look.changes.join(', ')}. ${facts.name} goes on with what stands there. --force writes it anew and keeps a copy of the file.`,
      )
    case 'absent':
    case 'ours':
      return look
    default:
      return assertNever(look)
  }
}

function withKept(entry: JsonObject, look: UsableLook): JsonObject {
  const kept = 'kept' in look ? look.kept : {}
  if (Object.keys(kept).length === 0) return entry
  const tools = isRecord(entry.tools) ? entry.tools : {}
  return { ...entry, tools: { ...tools, ...kept } } as JsonObject
}

function cannotEdit(path: string): Refusal {
  return refused(
    'cannot_edit',
    `${path} could not be changed without touching what is not ours, so it was left alone. kosmo mcp:gateway:export prints the entry for you to put in.`,
  )
}

function refused(code: Refusal['code'], message: string): Refusal {
  return { kind: 'refused', code, message }
}
