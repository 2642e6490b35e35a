import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { brokerAddress } from '../../../electron/broker/home.ts'
import { readFirstLine } from '../../../electron/broker/wire/first-line.ts'
import { openPeer } from '../../../electron/broker/wire/peer.ts'
import { socketChannel } from '../../../electron/broker/wire/socket-channel.ts'
import type { Approval } from '../../../shared/approvals/approval.ts'
import { accountMethods } from '../../../shared/protocol/account-methods.ts'
import { activityMethods } from '../../../shared/protocol/activity-methods.ts'
import { helloSchema, type TerminalHello } from '../../../shared/protocol/hello.ts'
import {
  refuseCall,
  type SurfaceHandlers,
  type SurfaceRemote,
  surfaceEvents,
  surfaceMethods,
} from '../../../shared/protocol/surface-methods.ts'
import { PROTOCOL } from '../../../shared/protocol/version.ts'

export type FakeBroker = {
  home: string
  hellos: TerminalHello[]
  /** Every call but the look at who is connected, as `name {params}`. */
  calls: string[]
  /** How many are connected. */
  connections(): number
  /** What it answers; a test puts its own in place. */
  handlers: SurfaceHandlers
  /** What waits; tells everybody who watches. */
  setApprovals(approvals: Approval[]): void
  /** Ends every connection and listens no more. */
  stop(): Promise<void>
  start(): Promise<void>
  close(): Promise<void>
}

/** A broker of scripted answers on the real socket, in a home of its own. */
export async function startFakeBroker(): Promise<FakeBroker> {
  const home = realpathSync(mkdtempSync(join(tmpdir(), 'kosmo-fake-')))
  const address = brokerAddress({ KOSMO_HOME: home }, process.platform)
  mkdirSync(dirname(address), { recursive: true, mode: 0o700 })
  const sockets = new Set<Socket>()
  const watchers = new Set<SurfaceRemote>()
  const hellos: TerminalHello[] = []
  const calls: string[] = []
  let approvals: Approval[] = []
  const handlers = scripted(() => approvals)

  const serve = async (socket: Socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => undefined)
    const { line, rest } = await readFirstLine(socket, 5_000)
    const hello = helloSchema.parse(JSON.parse(line))
    if (hello.as === 'terminal') hellos.push(hello)
    socket.write(
      `${JSON.stringify({ kosmo: 'welcome', protocol: PROTOCOL, version: '1.2.3', pid: process.pid, write: 'ask' })}\n`,
    )
    const heard = Object.fromEntries(
      Object.keys(surfaceMethods).map(name => [
        name,
        (params: never) => {
          if (name !== 'clients') calls.push(`${name} ${JSON.stringify(params)}`)
          if (name === 'watchApprovals') watchers.add(peer.remote)
          return handlers[name as keyof SurfaceHandlers](params)
        },
      ]),
    ) as unknown as SurfaceHandlers
    const peer = openPeer({
      channel: socketChannel(socket, rest),
      local: surfaceMethods,
      handlers: heard,
      remote: surfaceEvents,
      refuse: method => refuseCall('terminal', hello.as === 'terminal' && hello.interactive, method),
      report: () => undefined,
    })
    socket.on('close', () => {
      watchers.delete(peer.remote)
      peer.close()
    })
    socket.resume()
  }

  let server = createServer()
  const start = () =>
    new Promise<void>(resolve => {
      server = createServer(socket => void serve(socket).catch(() => socket.destroy()))
      server.listen(address, resolve)
    })
  const stop = () =>
    new Promise<void>(resolve => {
      server.close(() => resolve())
      for (const socket of sockets) socket.destroy()
    })
  await start()
  return {
    home,
    hellos,
    calls,
    handlers,
    connections: () => sockets.size,
    setApprovals(next) {
      approvals = next
      for (const watcher of watchers) watcher.approvalsChanged({ approvals, more: 0 }).catch(() => undefined)
    },
    start,
    stop,
    async close() {
      await stop()
      rmSync(home, { recursive: true, force: true })
    },
  }
}

function scripted(approvals: () => Approval[]): SurfaceHandlers {
  return {
    status: () => ({
      version: '1.2.3',
      pid: 4242,
      home: '/home/alice/.kosmokrator-desktop',
      startedAt: 0,
      ceiling: 'ask',
      clients: 1,
      pending: approvals().length,
      surfaces: [],
      problems: [],
    }),
    listApprovals: () => approvals(),
    watchApprovals: () => ({ approvals: approvals(), more: 0 }),
    reportShown: () => null,
    answer: () => ({ kind: 'done' }),
    decision: () => ({ kind: 'unknown' }),
    extend: () => 200_000,
    policy: () => ({ ceiling: 'ask', overrides: [] }),
    setCeiling: () => null,
    setOverride: () => null,
    clients: () => [],
    grants: () => [],
    revokeGrants: () => 0,
    integrationChanged: () => null,
    stop: () => null,
    ...ofWindows(),
  }
}

type OfWindows = keyof typeof accountMethods | keyof typeof activityMethods

/** What no terminal asks for. */
function ofWindows(): Pick<SurfaceHandlers, OfWindows> {
  const names = Object.keys({ ...accountMethods, ...activityMethods })
  const refuse = (name: string) => () => Promise.reject(new Error(`a terminal called ${name}`))
  return Object.fromEntries(names.map(name => [name, refuse(name)])) as never
}
