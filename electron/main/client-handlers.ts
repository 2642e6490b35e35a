import { LRUCache } from 'lru-cache'
import { assertNever } from '../../shared/assert-never.ts'
import { CLIENTS, type ClientId, parseClientId } from '../../shared/clients/client-facts.ts'
import type { ClientState, InstallRequest, Plan, Planned } from '../../shared/clients/plan.ts'
import { KosmoError } from '../../shared/errors.ts'
import type { ClientPlan, clientMethods, KnownClient } from '../../shared/protocol/client-methods.ts'
import type { ServeOptions } from '../../shared/protocol/hello.ts'
import type { Handlers } from '../../shared/protocol/method-table.ts'
import { DEFAULT_RESULT_CHARACTERS } from '../../shared/results/limits.ts'
import { openClients } from '../clients/clients.ts'
import { runDoctor } from '../clients/doctor/run-doctor.ts'
import { exportEntry } from '../clients/export-entry.ts'
import { catalogue } from '../integrations/catalogue.ts'
import { sha256 } from '../sha256.ts'
import { type ClientSurroundings, clientSystem, doctorSystem } from './client-system.ts'

/** What the settings window shows and does of other programs' settings. Only what was shown is written. */
export function clientHandlers(around: ClientSurroundings): Handlers<typeof clientMethods> {
  /** Plans that were shown, by their fingerprint. */
  const shown = new LRUCache<string, Plan>({ max: 20 })
  // Looked up anew each time: what a person installed or set meanwhile counts.
  const clients = () => openClients(clientSystem(around))
  const exporting = async () => clientSystem(around, await around.exported())
  return {
    knownClients: () =>
      clients()
        .list()
        .map(({ id, name, state, said, configPath }) => ({
          id,
          name,
          state: STATES[state],
          path: configPath,
          said,
        })),
    async planClient({ id, action }) {
      const request = { client: clientOf(id), scope: 'user', name: undefined, force: false } as const
      const planned =
        action === 'connect'
          ? await openClients(await exporting()).planInstall({
              ...request,
              serve: SERVE,
            } satisfies InstallRequest)
          : clients().planUninstall(request)
      if (planned.kind === 'plan') shown.set(fingerprintOf(planned), planned)
      return planView(planned)
    },
    async applyClientPlan({ fingerprint }) {
      const plan = shown.get(fingerprint)
      if (plan === undefined)
        throw new KosmoError('not_found', 'This was shown too long ago. Look at it again.')
      shown.delete(fingerprint)
      const applied = await clients().apply(plan)
      switch (applied.kind) {
        case 'done': {
          const { verified, backup = null, warnings } = applied
          return { kind: 'done', said: verified, backup, steps: [...warnings, ...stepsOf(plan)] }
        }
        case 'rolled-back':
          return { kind: 'rolled-back', why: applied.why }
        case 'refused':
          return { kind: 'rolled-back', why: applied.message }
        default:
          return assertNever(applied)
      }
    },
    async clientSnippet({ id, format }) {
      const request = { format, client: clientOf(id), name: undefined, serve: SERVE }
      return { text: exportEntry(request, await exporting()).text }
    },
    doctor: async () =>
      (await runDoctor(await doctorSystem(around))).map(({ todo = null, ...finding }) => ({
        ...finding,
        todo,
      })),
  }
}

const STATES: Record<ClientState, KnownClient['state']> = {
  'not-installed': 'absent',
  installed: 'found',
  connected: 'connected',
  'changed-by-person': 'changed',
  broken: 'broken',
}

/** What a client starts its server with: it reads. Whether it may write is said in the app, to the broker. */
const SERVE: ServeOptions = {
  integrations: catalogue.map(({ id }) => id),
  write: 'deny',
  account: 'default',
  maxResultCharacters: DEFAULT_RESULT_CHARACTERS,
  name: 'kosmo',
}

/** @throws KosmoError `not_found` */
function clientOf(id: string): ClientId {
  const client = parseClientId(id)
  if (client === undefined) throw new KosmoError('not_found', 'KosmoKrator does not know this program.')
  return client
}

function planView(planned: Planned): ClientPlan {
  switch (planned.kind) {
    case 'nothing':
      return { kind: 'nothing', said: planned.message }
    case 'refused':
      return { kind: 'refused', why: planned.message }
    case 'plan': {
      const { client, path, lines, warnings } = planned
      return {
        kind: 'plan',
        fingerprint: fingerprintOf(planned),
        client,
        path,
        lines: lines.map(({ sign, text }) => ({ kind: sign === '+' ? 'added' : 'removed', text })),
        warnings,
        steps: stepsOf(planned),
      }
    }
    default:
      return assertNever(planned)
  }
}

function stepsOf({ action, client, trustStep, afterwards }: Plan): string[] {
  const ask = `It can read. To let it ask you before it posts, set ${CLIENTS[client].name} to "Ask me" under Clients once it has started, and open a new chat there.`
  return [trustStep, afterwards, action === 'install' ? ask : undefined].filter(step => step !== undefined)
}

/** Of everything that would be done, and of the file as it was looked at. */
function fingerprintOf({ action, client, target, beforeHash, after }: Plan): string {
  return sha256(JSON.stringify([action, client, target, beforeHash, after]))
}
