import { randomUUID } from 'node:crypto'
import type { Socket } from 'node:net'
import { version } from '../../package.json'
import { KosmoError } from '../../shared/errors.ts'
import type { WritePolicy } from '../../shared/policy/write-policy.ts'
import type { ClientHello, TerminalHello, Welcome } from '../../shared/protocol/hello.ts'
import type { ClientView, SurfaceHandlers } from '../../shared/protocol/surface-methods.ts'
import type { Surface } from '../../shared/protocol/surfaces.ts'
import { PROTOCOL } from '../../shared/protocol/version.ts'
import type { Accounts } from './accounts/accounts.ts'
import { withSecretVariables } from './accounts/with-secret-variables.ts'
import { type BrokerState, openBrokerState } from './broker-state.ts'
import { hasRoomForFiles } from './file-room.ts'
import type { GatewayChild, GatewayCommand } from './gateways/gateway-child.ts'
import { GatewayPool } from './gateways/gateway-pool.ts'
import { brokerAddress } from './home.ts'
import { readHello } from './read-hello.ts'
import { Session } from './sessions/session.ts'
import type { SettingsFile } from './settings-file.ts'
import { listenOnSocket, type SocketServer } from './socket-server.ts'
import { serveTerminal } from './surfaces/serve-terminal.ts'
import { surfaceHandlers } from './surfaces/surface-handlers.ts'
import { SurfaceHub } from './surfaces/surface-hub.ts'
import { systemClock } from './system-clock.ts'
import { systemEnvironment } from './system-environment.ts'
import { readFirstLine } from './wire/first-line.ts'

export type BrokerOptions = {
  home: string
  variables: Record<string, string | undefined>
  settings: SettingsFile
  accounts: Accounts
  gateway: GatewayCommand
  /** One line for the log; never with values in it. */
  report(line: string): void
  /** Somebody asked for the end, or the socket is another's now. */
  onStop(): void
}

export type Broker = {
  state: BrokerState
  /** Tells what has changed. */
  hub: SurfaceHub
  /** What a window or the tray in this process may call. */
  surface(kind: Surface, interactive: boolean, startWatching: () => void): SurfaceHandlers
  /** Ends every session; settles once all gateways are gone. */
  close(): Promise<void>
}

const HELLO_WITHIN_MS = 5_000
const CHECK_EDIT_WITHIN_MS = 15_000

/** More would be a fault or a flood; each is a process. */
const MAX_CLIENTS = 500

/** One client more needs a few; those that are there need some for the audit, grants and settings. */
const FILES_LEFT = 32

const NO_FILES =
  'The KosmoKrator broker may open no more files, so it takes no more clients. Close some, or raise the limit (ulimit -n) and start it again.'

type Client = {
  hello: ClientHello
  session: Session
  /** None yet while it waits for its turn. */
  gateway: GatewayChild | undefined
  connectedAt: number
  /** What it was told last that its tools and instructions speak of. */
  listed: WritePolicy
}

/**
 * Starts the broker of this user: one place where policy, approvals, grants, accounts and audit live.
 *
 * @throws KosmoError where one runs already, or the home folder cannot be used
 */
export async function startBroker(options: BrokerOptions): Promise<Broker> {
  const { home, report } = options
  const startedAt = Date.now()
  const clients = new Map<string, Client>()
  const sockets = new Set<Socket>()
  const hub = new SurfaceHub()
  const environment = systemEnvironment(options.variables)
  const pool = new GatewayPool(options.gateway, report)
  const remoteOf = (session: string) => clients.get(session)?.gateway?.remote

  const state = openBrokerState({
    home,
    settings: options.settings,
    accounts: withSecretVariables(options.accounts, options.variables),
    clock: systemClock,
    onRecorded: () => hub.restChanged(),
    who: session => clients.get(session)?.session.who,
    onChange: () => hub.changed(),
    async checkEdit(session, ask, text) {
      const remote = remoteOf(session)
      if (remote === undefined) return { kind: 'invalid', why: 'The client has left; nothing can be posted.' }
      return within(CHECK_EDIT_WITHIN_MS, remote.checkEdit({ ask, text }))
    },
    withdrawForm: (session, ask) => tell(remoteOf(session)?.withdrawForm({ ask })),
  })

  /** Clients have come or gone, or what they may do is another. */
  function somethingChanged(): void {
    hub.changed()
    hub.restChanged()
  }

  /** Gateways are told what is listed where it is not what they were told before. */
  function policyChanged(): void {
    for (const client of clients.values()) {
      const write = client.session.listed
      if (write === client.listed || client.gateway === undefined) continue
      client.listed = write
      tell(client.gateway.remote.writeChanged({ write }))
    }
    somethingChanged()
  }

  function accountChanged(integration: string): void {
    for (const { gateway } of clients.values()) tell(gateway?.remote.accountChanged({ integration }))
    policyChanged()
  }

  const views = (): ClientView[] => [...clients.values()].map(client => viewOf(client, state))

  const surface = (kind: Surface, interactive: boolean, startWatching: () => void): SurfaceHandlers =>
    surfaceHandlers({
      kind,
      interactive,
      state,
      accounts: options.accounts,
      environment,
      clients: views,
      status: () => ({ version, pid: process.pid, home, startedAt }),
      policyChanged,
      accountChanged,
      stop: options.onStop,
      startWatching,
    })

  function welcomeTerminal(socket: Socket, rest: Buffer, { interactive }: TerminalHello): void {
    send(socket, { kosmo: 'welcome', protocol: PROTOCOL, version, pid: process.pid, write: 'deny' })
    serveTerminal({
      socket,
      rest,
      interactive,
      hub,
      waiting: () => state.approvals.listing.window(),
      report,
      handlers: startWatching => surface('terminal', interactive, startWatching),
      onWatching: isOpen =>
        isOpen ? state.approvals.surfaceOpened('terminal') : state.approvals.surfaceClosed('terminal'),
    })
  }

  function welcomeClient(socket: Socket, rest: Buffer, hello: ClientHello): void {
    if (clients.size >= MAX_CLIENTS) {
      return refuse(socket, 'busy', `The KosmoKrator broker has ${MAX_CLIENTS} clients already. Close some.`)
    }
    if (!hasRoomForFiles(FILES_LEFT)) return refuse(socket, 'busy', NO_FILES)
    const id = randomUUID()
    const { client, workspace, options: asked, variables } = hello
    const environment = { variables: variables ?? {}, isWhole: variables !== undefined }
    const session = new Session({ id, client, workspace, options: asked, environment, solo: false }, state)
    const listed = session.listed
    const entry: Client = { hello, session, gateway: undefined, connectedAt: Date.now(), listed }
    clients.set(id, entry)
    const end = () => {
      if (!clients.delete(id)) return
      session.end()
      entry.gateway?.end()
      socket.destroy()
      somethingChanged()
    }
    socket.once('close', end)
    send(socket, { kosmo: 'welcome', protocol: PROTOCOL, version, pid: process.pid, write: listed })
    serveClient(entry, socket, rest, end).catch(error => dropped(socket, error))
  }

  async function serveClient(entry: Client, socket: Socket, rest: Buffer, end: () => void): Promise<void> {
    const { session, hello, listed } = entry
    const gateway = await pool.take(() => clients.has(session.id))
    if (gateway === undefined) return end()
    // The client may have left while the last one of the pool was looked for.
    if (!clients.has(session.id)) return gateway.end()
    entry.gateway = gateway
    void gateway.gone.then(end)
    // From here on the gateway knows when the client leaves.
    socket.off('close', end)
    gateway.serve(session, socket, rest, end)
    gateway.remote.begin({ options: { ...hello.options, write: listed } }).then(policyChanged, end)
  }

  /** A fault of ours costs one connection, never the others. */
  function dropped(socket: Socket, error: unknown): void {
    report(`internal fault: ${error instanceof Error ? error.name : typeof error}`)
    socket.destroy()
  }

  async function connected(socket: Socket): Promise<void> {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    const first = await readFirstLine(socket, HELLO_WITHIN_MS).catch(() => undefined)
    if (first === undefined) return void socket.destroy()
    const hello = readHello(first.line)
    if ('code' in hello) return refuse(socket, hello.code, hello.message)
    if (hello.as === 'client') return welcomeClient(socket, first.rest, hello)
    welcomeTerminal(socket, first.rest, hello)
  }

  const server: SocketServer = await listenOnSocket({
    address: brokerAddress(options.variables, process.platform),
    platform: process.platform,
    onConnection(socket) {
      connected(socket).catch(error => dropped(socket, error))
    },
    onLost() {
      report('another broker has taken the socket, or it was removed: this one ends')
      options.onStop()
    },
  })
  pool.open()

  return {
    state,
    hub,
    surface,
    async close() {
      const closing = server.close()
      for (const { session } of clients.values()) session.end()
      for (const socket of sockets) socket.destroy()
      await Promise.all([closing, pool.close()])
      state.audit.flush()
    },
  }
}

function viewOf({ hello, session, connectedAt }: Client, state: BrokerState): ClientView {
  const { client, workspace, options, pid, parent } = hello
  const [integration = ''] = options.integrations
  return {
    session: session.id,
    client: client.name,
    version: client.version,
    workspace,
    account: session.alias,
    pid,
    parent,
    connectedAt,
    calls: session.calls,
    request: options.write,
    override: session.override(integration) ?? null,
    effective: session.effective(integration),
    pending: state.approvals.pendingOf(session.id),
  }
}

function refuse(socket: Socket, code: Extract<Welcome, { kosmo: 'refused' }>['code'], message: string): void {
  send(socket, { kosmo: 'refused', code, message })
  // Not `end`: nobody reads this socket any more, so its other half would stay open.
  socket.destroySoon()
}

function send(socket: Socket, message: Welcome): void {
  socket.write(`${JSON.stringify(message)}\n`)
}

/** A gateway that is gone needs to be told nothing. */
function tell(told: Promise<unknown> | undefined): void {
  told?.catch(() => undefined)
}

function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new KosmoError('timeout', 'The gateway did not answer in time.')),
      milliseconds,
    )
    work.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}
