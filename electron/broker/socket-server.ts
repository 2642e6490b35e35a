import { randomBytes } from 'node:crypto'
import { chmodSync, lstatSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { dirname, join } from 'node:path'
import { KosmoError } from '../../shared/errors.ts'
import { faultCode } from './fault-code.ts'

export type SocketServerOptions = {
  /** A path, or the name of a pipe on Windows. */
  address: string
  platform: NodeJS.Platform
  onConnection(socket: Socket): void
  /** The address is not ours any more: another broker has taken it, or somebody removed it. */
  onLost(): void
}

export type SocketServer = { close(): Promise<void> }

/** Two that start at once may both find a stale socket and replace each other's: the later one stays. */
const CHECK_SOON_MS = 100
const CHECK_EVERY_MS = 2_000

/** The system cuts the path of a socket at 108 bytes on Linux, at 104 on macOS. */
const MAX_PATH_BYTES = 103

/**
 * Listens on the broker's address, which nobody but this user can reach (folder 0700, socket 0600). There is one
 * broker a user: the one that listens there. What a killed one has left behind is taken over.
 *
 * @throws KosmoError where another broker runs, or the address cannot be used
 */
export async function listenOnSocket(options: SocketServerOptions): Promise<SocketServer> {
  const { address, platform } = options
  const isPipe = platform === 'win32'
  if (!isPipe) prepareFolder(address)
  if (await answers(address)) throw alreadyRunning(address)
  const server = createServer(socket => {
    socket.on('error', () => undefined)
    options.onConnection(socket)
  })
  if (isPipe) {
    await listen(server, address)
    return { close: () => closeServer(server) }
  }
  const own = await listenInPlace(server, address)
  const check = () => {
    if (inode(address) === own) return
    clearInterval(timer)
    options.onLost()
  }
  const timer = setInterval(check, CHECK_EVERY_MS)
  timer.unref()
  await new Promise(resolve => setTimeout(resolve, CHECK_SOON_MS))
  if (inode(address) !== own) {
    clearInterval(timer)
    await closeServer(server)
    throw alreadyRunning(address)
  }
  return {
    async close() {
      clearInterval(timer)
      // Another's is not ours to remove.
      if (inode(address) === own) rmSync(address, { force: true })
      await closeServer(server)
    },
  }
}

/**
 * Listens under a name of its own and then moves that to the address, over whatever a killed broker left there.
 * Node removes the file that a server was opened with when it closes it, and even when the process ends: at the
 * address that may be another broker's by then.
 *
 * @returns the inode of the socket
 */
async function listenInPlace(server: Server, address: string): Promise<number | undefined> {
  if (lstatSync(address, { throwIfNoEntry: false })?.isSocket() === false) {
    throw new KosmoError('not_configured', `${address} is there and is no socket. Move it away.`)
  }
  // No longer than the name of the socket: its path may be as long as it can be.
  const first = join(dirname(address), `b-${randomBytes(4).toString('hex')}`)
  await listen(server, first)
  chmodSync(first, 0o600)
  const own = inode(first)
  renameSync(first, address)
  return own
}

function prepareFolder(address: string): void {
  if (Buffer.byteLength(address) > MAX_PATH_BYTES) {
    throw new KosmoError(
      'not_configured',
      `The broker's socket cannot be made: its path has ${Buffer.byteLength(address)} bytes and the system takes ${MAX_PATH_BYTES}. Set KOSMO_HOME to a shorter folder (${address}).`,
    )
  }
  const folder = dirname(address)
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    const { uid } = lstatSync(folder)
    if (process.getuid !== undefined && uid !== process.getuid()) {
      throw new KosmoError(
        'not_configured',
        `The folder ${folder} belongs to another user, so the broker does not listen there. Remove it, or set KOSMO_HOME.`,
      )
    }
    chmodSync(folder, 0o700)
  } catch (error) {
    if (error instanceof KosmoError) throw error
    throw new KosmoError(
      'not_configured',
      `The folder ${folder} cannot be made or used (${faultCode(error)}). Make it writable, or set KOSMO_HOME.`,
    )
  }
}

/** What connecting says where nobody listens. Anything else, such as a full queue, says that somebody may. */
const NOBODY = ['ENOENT', 'ECONNREFUSED', 'ENOTSOCK']

/** Whether somebody listens there. */
function answers(address: string): Promise<boolean> {
  return new Promise(resolve => {
    const socket = connect(address)
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', error => resolve(!NOBODY.includes(faultCode(error))))
  })
}

function listen(server: Server, address: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', error => {
      const code = faultCode(error)
      reject(
        code === 'EADDRINUSE'
          ? alreadyRunning(address)
          : new KosmoError('not_configured', `The broker cannot listen at ${address} (${code}).`),
      )
    })
    server.listen(address, resolve)
  })
}

function inode(path: string): number | undefined {
  return statSync(path, { throwIfNoEntry: false })?.ino
}

function closeServer(server: Server): Promise<void> {
  return new Promise(resolve => server.close(() => resolve()))
}

function alreadyRunning(address: string): KosmoError {
  return new KosmoError(
    'refused',
    `A KosmoKrator broker runs already (${address}). Use that one, or end it with kosmo broker stop.`,
  )
}
