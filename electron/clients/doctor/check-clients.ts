import { existsSync } from 'node:fs'
import { dirname } from 'node:path'
import { CLIENTS, type ClientId } from '../../../shared/clients/client-facts.ts'
import type { Finding } from '../../../shared/clients/finding.ts'
import type { ClientView } from '../../../shared/clients/plan.ts'
import { versionManagerOf } from '../../../shared/clients/version-manager.ts'
import { passingPlace } from '../../../shared/install/passing-path.ts'
import { openClients } from '../clients.ts'
import { codexPaths } from '../codex/find-codex.ts'
import { loadComplaint } from '../codex/verify-codex.ts'
import { isRecord } from '../compare-values.ts'
import { commandOf, missingProgram } from '../entry-command.ts'
import { type Look, lookAt, settingsPlace } from '../look.ts'
import { openReceipts } from '../receipts.ts'
import type { DoctorSystem } from './doctor-system.ts'
import { startAsClient } from './start-as-client.ts'

/** How each client that is here stands: its entries, what these start, and whether that finds the broker. */
export async function checkClients(system: DoctorSystem): Promise<Finding[]> {
  const views = openClients(system)
    .list()
    .filter(({ state }) => state !== 'not-installed')
  const found = await Promise.all(views.map(view => ofClient(view, system)))
  const findings = [...found.flat(), ...ofProjects(system)]
  if (views.some(({ servers }) => servers.length > 0)) return findings
  const none = { id: 'clients', title: 'Clients', state: 'warn' } as const
  if (views.length === 0) {
    const todo = `Install Codex or another client, then run: ${INSTALL}`
    return [...findings, { ...none, said: 'None of the clients that are known is here.', todo }]
  }
  return [...findings, { ...none, said: 'No client is connected.', todo: `Run: ${INSTALL}` }]
}

const INSTALL = 'kosmo mcp:gateway:install'

async function ofClient(view: ClientView, system: DoctorSystem): Promise<Finding[]> {
  const { id, name, state, said, servers, hasVanished } = view
  const base = { id: `client.${id}`, title: name }
  const again = id === 'codex' ? INSTALL : `${INSTALL} --client=${id}`
  if (servers.length === 0) {
    if (state === 'broken')
      return [{ ...base, state: 'fail', said, todo: `Mend the file, then run: ${again}` }]
    // Not to be connected is nothing wrong; to have been is.
    return [{ ...base, state: hasVanished ? 'warn' : 'skipped', said, todo: `To connect it: ${again}` }]
  }
  const complaint = id === 'codex' ? await codexComplaint(view, system) : undefined
  if (complaint !== undefined) {
    const fails = `Codex does not start with its settings: ${complaint}.`
    return [{ ...base, state: 'fail', said: fails, todo: `Mend them, or run: ${again} --force` }]
  }
  const all = servers.map(async (server, index) => {
    const which = index === 0 ? base : { id: `${base.id}.${server}`, title: `${name} (${server})` }
    const named = server === servers[0] ? again : `${again} --name=${server}`
    return { ...which, ...(await ofEntry(id, server, `Run: ${named} --force`, system)) }
  })
  return Promise.all(all)
}

type Judged = Pick<Finding, 'state' | 'said' | 'todo'>

async function ofEntry(id: ClientId, server: string, anew: string, system: DoctorSystem): Promise<Judged> {
  const look = lookAtEntry(id, server, system)
  if (look === undefined || !('value' in look))
    return { state: 'fail', said: `There is no entry ${server}.`, todo: anew }
  const { value } = look
  if (isRecord(value) && (value.enabled === false || value.disabled === true)) {
    const todo = `Switch it on in ${CLIENTS[id].name}.`
    return { state: 'warn', said: `The entry ${server} is switched off.`, todo }
  }
  const command = commandOf(id, value)
  if (command === undefined) return { state: 'fail', said: `The entry ${server} starts nothing.`, todo: anew }
  const passing = passingPlace(command.command)
  if (passing !== undefined) {
    const passes = `The entry ${server} starts ${command.command}, in ${passing.where}.`
    return { state: 'fail', said: passes, todo: anew }
  }
  const started = await startAsClient(id, command, value, system)
  if (started.state !== 'ok') return { todo: anew, ...started }
  const { said } = started
  if (look.kind === 'foreign') {
    return {
      state: 'warn',
      said: `${said} KosmoKrator did not write the entry.`,
      todo: `Leave it, or have it written. ${anew}`,
    }
  }
  if (look.kind === 'changed') {
    const changed = `It was changed since it was written: ${look.changes.join(', ')}.`
    return { state: 'warn', said: `${said} ${changed}`, todo: `Leave it, or have it written anew. ${anew}` }
  }
  const manager = versionManagerOf(command.command)
  if (manager !== undefined) {
    const goes = `It starts a Node of ${manager}, which removes it with that version.`
    return { state: 'warn', said: `${said} ${goes}`, todo: `After an upgrade: ${anew}` }
  }
  return { state: 'ok', said }
}

/** What was written into settings of projects: whether it can still be started. */
function ofProjects({ kosmoHome }: DoctorSystem): Finding[] {
  const receipts = openReceipts(kosmoHome)
    .list()
    .filter(({ scope, path }) => scope === 'project' && existsSync(path))
  return receipts.flatMap(({ client, path, name, entry }): Finding[] => {
    const command = commandOf(client, entry)
    const gone = command && missingProgram(command)
    if (gone === undefined) return []
    const todo = `Run in that project: ${INSTALL} --client=${client} --scope=project`
    return [
      {
        id: `project.${client}.${name}`,
        title: `${CLIENTS[client].name} project`,
        state: 'fail',
        said: `${path} starts ${gone}, which is not there any more.`,
        todo,
      },
    ]
  })
}

async function codexComplaint({ configPath }: ClientView, system: DoctorSystem): Promise<string | undefined> {
  const home = dirname(configPath)
  for (const path of existsSync(home) ? codexPaths(system) : []) {
    const complaint = await loadComplaint(path, home, system)
    if (complaint !== undefined) return complaint
  }
  return undefined
}

function lookAtEntry(id: ClientId, name: string, system: DoctorSystem): Look | undefined {
  const place = settingsPlace(id, 'user', system)
  return place && lookAt(place, name, openReceipts(system.kosmoHome), system)
}
