import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { ClientSystem } from '../../../electron/clients/client-system.ts'
import { type Clients, openClients } from '../../../electron/clients/clients.ts'
import { offeredIntegrations } from '../../../electron/gateway/offered.ts'
import type { ClientId, Scope } from '../../../shared/clients/client-facts.ts'
import type { Applied, InstallRequest, Plan, Planned } from '../../../shared/clients/plan.ts'
import type { WritePolicy } from '../../../shared/policy/write-policy.ts'
import { DEFAULT_RESULT_CHARACTERS } from '../../../shared/results/limits.ts'
import { builtProgram } from '../mcp/program.ts'

/** A person's machine on which no client is, with the built program, below a folder of its own. */
export type ClientWorld = {
  root: string
  userHome: string
  project: string
  system: ClientSystem
  clients: Clients
  /** Writes a file below the home folder. */
  write(path: string, text: string | Uint8Array, mode?: number): string
  read(path: string): string
  /** The plan for connecting a client. @throws where there is none */
  plan(client: ClientId, write?: WritePolicy, more?: Partial<InstallRequest>): Promise<Plan>
  planned(client: ClientId, write?: WritePolicy, more?: Partial<InstallRequest>): Promise<Planned>
  uninstall(client: ClientId, more?: { scope?: Scope; name?: string; force?: boolean }): Promise<Applied>
}

export type WorldOptions = Partial<
  Pick<ClientSystem, 'variables' | 'platform' | 'program' | 'waitSeconds' | 'uid'>
>

/** Makes one for the test that runs. */
export function openClientWorld(options: WorldOptions = {}): ClientWorld {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'kosmo-clients-')))
  onTestFinished(() => rmSync(root, { recursive: true, force: true }))
  const userHome = join(root, 'home')
  const project = join(root, 'project')
  for (const folder of [userHome, join(project, '.git')]) mkdirSync(folder, { recursive: true })
  let time = Date.UTC(2026, 10, 26)
  const system: ClientSystem = {
    platform: 'linux',
    userHome,
    variables: { HOME: userHome, PATH: '' },
    kosmoHome: join(userHome, '.kosmokrator-desktop'),
    programFolders: [],
    cwd: project,
    uid: process.getuid?.(),
    now: () => (time += 1_000),
    program: { node: process.execPath, script: builtProgram() },
    offered: offeredIntegrations(),
    waitSeconds: undefined,
    ...options,
  }
  const clients = openClients(system)
  const world: ClientWorld = {
    root,
    userHome,
    project,
    system,
    clients,
    write(path, text, mode = 0o644) {
      const whole = join(userHome, path)
      mkdirSync(dirname(whole), { recursive: true })
      writeFileSync(whole, text)
      chmodSync(whole, mode)
      return whole
    },
    read: path => readFileSync(join(userHome, path), 'utf8'),
    planned: (client, write = 'deny', more = {}) =>
      clients.planInstall({ ...installRequest(client, write), ...more }),
    async plan(client, write, more) {
      const planned = await world.planned(client, write, more)
      if (planned.kind === 'plan') return planned
      throw new Error(`${planned.kind}: ${planned.message}`)
    },
    async uninstall(client, { scope = 'user', name, force = false } = {}) {
      const planned = clients.planUninstall({ client, scope, name, force })
      if (planned.kind !== 'plan') throw new Error(`${planned.kind}: ${planned.message}`)
      return clients.apply(planned)
    },
  }
  return world
}

/** What a person asks for who asks for nothing special. */
export function installRequest(client: ClientId, write: WritePolicy): InstallRequest {
  const serve = {
    integrations: ['mattermost'],
    write,
    account: 'default',
    maxResultCharacters: DEFAULT_RESULT_CHARACTERS,
    name: 'kosmo',
  }
  return { client, scope: 'user', name: undefined, serve, force: false }
}

/** Whether a path is there. */
export function isThere(...path: string[]): boolean {
  return existsSync(join(...path))
}
