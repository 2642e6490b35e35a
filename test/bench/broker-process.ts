import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { bareEnvironment, launchKosmo } from '../setup/launch.ts'
import type { Launch } from '../setup/stdio-client.ts'
import { gatewayCommand, type WriteRequest } from '../support/clients/gateway-command.ts'
import type { BenchServer } from './server-process.ts'

/** The broker of the bench, in a process of its own. */
export type BrokerProcess = {
  pid: number
  /** The program of a client that finds this broker. */
  launch(write: WriteRequest, server: BenchServer, node?: string): Launch
  /** Waits until a gateway is loaded and waits for a client. */
  spareReady(): Promise<void>
  /** Processes that it has started. */
  gateways(): number[]
  close(): Promise<void>
}

/** A spare is loaded once it has used no processor time for this long. */
const QUIET_MS = 150

export async function startBrokerProcess(): Promise<BrokerProcess> {
  // The path of a socket must be short.
  const home = mkdtempSync(join(tmpdir(), 'kosmo-bench-'))
  const { command, args } = gatewayCommand('deny', { url: '', token: '' })
  const child = spawn(command, [args[0] ?? '', 'broker'], {
    env: { ...bareEnvironment(), KOSMO_HOME: home },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await once(child.stdout, 'data')
  child.stdout.resume()
  return {
    pid: child.pid ?? 0,
    launch(write, server, node) {
      const launch = launchKosmo(write, server, node)
      return { ...launch, env: { ...launch.env, KOSMO_HOME: home } }
    },
    spareReady: () => spareReady(child),
    gateways: () => childrenOf(child.pid ?? 0),
    async close() {
      const exited = once(child, 'exit')
      child.kill('SIGTERM')
      await exited
      rmSync(home, { recursive: true, force: true })
    },
  }
}

async function spareReady(child: ChildProcess): Promise<void> {
  let before = -1
  for (;;) {
    const ticks = childrenOf(child.pid ?? 0).reduce((sum, pid) => sum + ticksOf(pid), 0)
    if (ticks > 0 && ticks === before) return
    before = ticks
    await sleep(QUIET_MS)
  }
}

function childrenOf(pid: number): number[] {
  const path = `/proc/${pid}/task/${pid}/children`
  if (!existsSync(path)) return []
  return readFileSync(path, 'utf8').split(' ').filter(Boolean).map(Number)
}

function ticksOf(pid: number): number {
  try {
    const [user = 0, system = 0] = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ')
      .slice(11, 13)
      .map(Number)
    return user + system
  } catch {
    return 0
  }
}
