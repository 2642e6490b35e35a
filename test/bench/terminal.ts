import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { brokerAddress } from '../../electron/broker/home.ts'
import { readFirstLine } from '../../electron/broker/wire/first-line.ts'
import { openPeer } from '../../electron/broker/wire/peer.ts'
import { socketChannel } from '../../electron/broker/wire/socket-channel.ts'
import type { QueueWindow } from '../../shared/approvals/queue-window.ts'
import type { TerminalHello } from '../../shared/protocol/hello.ts'
import { type BrokerRemote, surfaceEvents, surfaceMethods } from '../../shared/protocol/surface-methods.ts'
import { PROTOCOL } from '../../shared/protocol/version.ts'

/** A person's terminal at a broker, as `kosmo approvals watch` is one. */
export type Terminal = {
  broker: BrokerRemote
  /** Fails once the broker has let go of it. */
  lost: Promise<never>
  close(): void
}

const WELCOME_WITHIN_MS = 3_000

/** Connects a terminal that is told of what waits. @param onApprovals called with the oldest and the number of all others at each change */
export async function watchingTerminal(
  home: string,
  onApprovals: (waiting: QueueWindow) => void,
): Promise<Terminal> {
  const socket = connect(brokerAddress({ KOSMO_HOME: home }, process.platform))
  await once(socket, 'connect')
  const hello: TerminalHello = {
    kosmo: 'hello',
    protocol: PROTOCOL,
    version: packageVersion(),
    as: 'terminal',
    pid: process.pid,
    interactive: true,
  }
  socket.write(`${JSON.stringify(hello)}\n`)
  const { rest } = await readFirstLine(socket, WELCOME_WITHIN_MS)
  const peer = openPeer({
    channel: socketChannel(socket, rest),
    local: surfaceEvents,
    handlers: {
      approvalsChanged(waiting) {
        onApprovals(waiting)
        return null
      },
    },
    remote: surfaceMethods,
    report: () => undefined,
  })
  let isOurs = false
  const lost = new Promise<never>((_, reject) => {
    socket.once('close', () => {
      peer.close()
      if (!isOurs) reject(new Error('the broker let go of the terminal'))
    })
  })
  lost.catch(() => undefined)
  socket.resume()
  onApprovals(await peer.remote.watchApprovals({}))
  const close = (): void => {
    isOurs = true
    socket.end()
  }
  return { broker: peer.remote, lost, close }
}

function packageVersion(): string {
  const path = new URL('../../package.json', import.meta.url)
  return (JSON.parse(readFileSync(path, 'utf8')) as { version: string }).version
}
