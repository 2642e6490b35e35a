import type { Socket } from 'node:net'
import type { QueueWindow } from '../../../shared/approvals/queue-window.ts'
import {
  refuseCall,
  type SurfaceHandlers,
  surfaceEvents,
  surfaceMethods,
} from '../../../shared/protocol/surface-methods.ts'
import { oneAtATime } from '../wire/one-at-a-time.ts'
import { openPeer } from '../wire/peer.ts'
import { socketChannel } from '../wire/socket-channel.ts'
import type { SurfaceHub } from './surface-hub.ts'

export type TerminalOptions = {
  socket: Socket
  /** What came behind the hello. */
  rest: Buffer
  interactive: boolean
  hub: SurfaceHub
  /** What waits for a person at this moment. */
  waiting(): QueueWindow
  handlers(startWatching: () => void): SurfaceHandlers
  /** A terminal that shows requests has come or gone. */
  onWatching(isOpen: boolean): void
  report(line: string): void
}

/** Serves one terminal on its socket until it is closed. */
export function serveTerminal(options: TerminalOptions): void {
  const { socket, rest, interactive, hub, waiting, report } = options
  let stopWatching: (() => void) | undefined
  const peer = openPeer({
    channel: socketChannel(socket, rest),
    local: surfaceMethods,
    handlers: options.handlers(startWatching),
    remote: surfaceEvents,
    refuse: method => refuseCall('terminal', interactive, method),
    report,
  })

  // A terminal that reads slowly is told less often, not let go of for what it has not read.
  const tell = oneAtATime(async () => {
    if (!socket.destroyed) await peer.remote.approvalsChanged(waiting())
  })

  function startWatching(): void {
    if (stopWatching !== undefined || socket.destroyed) return
    stopWatching = hub.watch(tell)
    // What is not a person's terminal may look on, but shows nothing to anybody.
    if (interactive) options.onWatching(true)
  }

  socket.once('close', () => {
    peer.close()
    stopWatching?.()
    if (stopWatching !== undefined && interactive) options.onWatching(false)
  })
  socket.resume()
}
