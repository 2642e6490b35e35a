import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished } from 'vitest'
import { type BrokerClient, connectBroker } from '../../../electron/broker/broker-client.ts'
import type { Handlers } from '../../../shared/protocol/method-table.ts'
import type { surfaceEvents } from '../../../shared/protocol/surface-methods.ts'
import { builtProgram, SECRET } from '../mcp/program.ts'
import type { Ending, RawClient } from '../mcp/raw-client.ts'
import { startReady } from '../mcp/raw-client.ts'
import { childrenOf, isRunning } from './proc.ts'
import { until } from './until.ts'

export type BrokerProcess = {
  home: string
  /** Where it listens. */
  address: string
  pid: number
  exit: Promise<Ending>
  stdout(): string
  stderr(): string
  /** The gateways that run, the spare among them. */
  gateways(): number[]
  /** Ends it without a word, as the system does when it is short of memory. */
  kill(): Promise<void>
  signal(name: NodeJS.Signals): void
  /** A terminal of this broker; closed when the test is finished. */
  terminal(options?: TerminalOptions): Promise<BrokerClient>
}

export type TerminalOptions = {
  /** Whether a person sits there; default: yes. */
  interactive?: boolean
  events?: Handlers<typeof surfaceEvents>
}

export type BrokerProcessOptions = {
  /** Default: a new one, which is removed when the test is finished. */
  home?: string
  /** Besides HOME and PATH. */
  variables?: Record<string, string>
  /** What runs the program, such as `['prlimit', '--nofile=64']`. */
  through?: string[]
}

/** A home folder for the test that is running: short, because the path of a socket must be. */
export function newHome(): string {
  const home = mkdtempSync('/tmp/kb-')
  onTestFinished(() => rmSync(home, { recursive: true, force: true }))
  return home
}

/** Starts `kosmo broker`; it may end instead of listening: see `startBrokerProcess`. */
export function spawnBroker(options: BrokerProcessOptions = {}): BrokerProcess {
  const home = options.home ?? newHome()
  const [command = process.execPath, ...args] = [
    ...(options.through ?? []),
    process.execPath,
    builtProgram(),
    'broker',
  ]
  const child = spawn(command, args, {
    env: { HOME: home, PATH: '/usr/bin:/bin', KOSMO_HOME: home, ...options.variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const broker = handleOf(child, home)
  onTestFinished(async () => {
    const gateways = broker.gateways()
    await broker.kill()
    await until('its gateways end', () => !gateways.some(isRunning))
    const said = broker.stdout() + broker.stderr()
    expect(said.includes(SECRET), 'the token shows in what the broker says').toBe(false)
  })
  return broker
}

/** Starts `kosmo broker` for the test that is running, and waits until it listens. */
export async function startBrokerProcess(options: BrokerProcessOptions = {}): Promise<BrokerProcess> {
  const broker = spawnBroker(options)
  await listens(broker)
  return broker
}

/** Waits until a broker says that it runs. @throws where it ends instead */
export async function listens(broker: BrokerProcess): Promise<void> {
  const ended = broker.exit.then(({ code }) => {
    throw new Error(`the broker ended (${code}): ${broker.stderr()}`)
  })
  await Promise.race([until('the broker listens', () => broker.stdout().includes('The broker runs')), ended])
}

/** Waits until there is one gateway more than those, and gives it. */
export async function newGateway(broker: BrokerProcess, besides: number[]): Promise<number> {
  return until('a new gateway', () => broker.gateways().find(pid => !besides.includes(pid)))
}

export type Account = { url: string; token: string }

/** The environment of a client that finds the broker of this home. */
export function clientVariables(home: string, account: Account): Record<string, string> {
  return {
    HOME: home,
    KOSMO_HOME: home,
    PATH: '/usr/bin:/bin',
    MATTERMOST_URL: account.url,
    MATTERMOST_ACCESS_TOKEN: account.token,
  }
}

/** A client of this broker that has shaken hands. */
export function startClient(
  { home }: { home: string },
  account: Account,
  options: { write?: 'deny' | 'ask' | 'allow'; name?: string } = {},
): Promise<RawClient> {
  const { write = 'deny', name = 'raw' } = options
  const clientInfo = { name, version: '1' }
  return startReady({ account, env: clientVariables(home, account), write, clientInfo })
}

/** A terminal of the broker of a home. @throws where none runs */
export async function connectTerminal(home: string, options: TerminalOptions = {}): Promise<BrokerClient> {
  const { interactive = true, events } = options
  const variables = { KOSMO_HOME: home }
  const client = await connectBroker({ variables, interactive, ...(events && { events }) })
  if (client === undefined) throw new Error('no broker runs')
  return client
}

/** A person's terminal that shows everything that comes. */
export async function showEverything(broker: BrokerProcess): Promise<BrokerClient> {
  const client = await broker.terminal({
    events: {
      approvalsChanged({ approvals }) {
        const ids = approvals.filter(({ shownOn }) => shownOn.length === 0).map(({ id }) => id)
        if (ids.length > 0) client.broker.reportShown({ ids }).catch(() => undefined)
        return null
      },
    },
  })
  await client.broker.watchApprovals({})
  return client
}

function handleOf(child: ChildProcess, home: string): BrokerProcess {
  let stdout = ''
  let stderr = ''
  child.stdout?.setEncoding('utf8').on('data', text => {
    stdout += text
  })
  child.stderr?.setEncoding('utf8').on('data', text => {
    stderr += text
  })
  const exit = new Promise<Ending>(resolve => child.once('exit', (code, signal) => resolve({ code, signal })))
  const pid = child.pid ?? 0
  return {
    home,
    address: join(home, 'run', 'broker.sock'),
    pid,
    exit,
    stdout: () => stdout,
    stderr: () => stderr,
    gateways: () => childrenOf(pid),
    async kill() {
      child.kill('SIGKILL')
      await exit
    },
    signal: name => void child.kill(name),
    async terminal(options) {
      const client = await connectTerminal(home, options)
      onTestFinished(() => client.close())
      return client
    },
  }
}
