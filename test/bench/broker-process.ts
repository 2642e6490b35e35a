import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { WritePolicy } from '../../shared/policy/write-policy.ts'
import { childrenOf, secondsOf } from './processes.ts'
import { launchCommand, type Program } from './programs.ts'
import { temporaryFolder } from './temporary.ts'

/** A broker of the bench, in a process of its own. */
export type BrokerProcess = {
  pid: number
  /** Its KOSMO_HOME: a client that is started with it finds this broker. */
  home: string
  /** Waits until a gateway is loaded and waits for a client, besides those of so many clients. */
  spareReady(clients?: number): Promise<void>
  /** Processes that it has started, in the order of their start. */
  gateways(): number[]
  close(): Promise<void>
}

/** A spare is loaded once it has used no processor time for this long. */
const QUIET_MS = 150

/** @param policy what a person has set for everybody, and for the client of the bench */
export async function startBrokerProcess(program: Program, policy: WritePolicy): Promise<BrokerProcess> {
  const home = temporaryFolder()
  const override = { client: 'kosmo-test', workspace: process.cwd(), policy }
  const settings = { version: 1, ceiling: policy, overrides: [override], waitSeconds: 600 }
  writeFileSync(join(home, 'settings.json'), JSON.stringify(settings), { mode: 0o600 })
  const { command, args, env } = launchCommand(program, ['broker'], home)
  const child = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'inherit'] })
  const [said] = await Promise.race([once(child.stdout, 'data'), once(child, 'exit').then(() => [])])
  if (said === undefined) throw new Error(`the broker of ${program.script} ended at its start`)
  child.stdout.resume()
  const pid = child.pid ?? 0
  return {
    pid,
    home,
    spareReady: (clients = 0) => spareReady(child, clients),
    gateways: () => childrenOf(pid),
    async close() {
      const exited = once(child, 'exit')
      child.kill('SIGTERM')
      await exited
    },
  }
}

async function spareReady({ pid = 0 }: ChildProcess, clients: number): Promise<void> {
  let before = -1
  for (;;) {
    const gateways = childrenOf(pid)
    const used = gateways.reduce((sum, gateway) => sum + secondsOf(gateway), 0)
    if (gateways.length > clients && used === before) return
    before = used
    await sleep(QUIET_MS)
  }
}
