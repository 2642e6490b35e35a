import { connect } from 'node:net'
import { onTestFinished } from 'vitest'
import { version } from '../../../package.json'
import { PROTOCOL } from '../../../shared/protocol/version.ts'
import { until } from './until.ts'

export type RawSocket = {
  /** Everything that came, in lines. */
  lines: string[]
  /** Settles once the other side has ended the connection, for whatever reason. */
  closed: Promise<void>
  isClosed(): boolean
  write(bytes: string | Buffer): void
  /** Writes a message and its line feed. */
  send(message: unknown): void
  /** Writes as fast as the other side takes it, until the connection ends; gives the number of bytes. */
  flood(bytes: Buffer): Promise<number>
  /** The first line that matches, parsed. */
  line(matches: (message: Record<string, unknown>) => boolean): Promise<Record<string, unknown>>
  /** Nothing more is read. */
  pause(): void
  close(): void
}

/** A connection to the broker that says whatever a test wants it to. */
export async function openRawSocket(address: string): Promise<RawSocket> {
  const socket = connect(address)
  await new Promise((resolve, reject) => socket.once('connect', resolve).once('error', reject))
  onTestFinished(() => void socket.destroy())
  const lines: string[] = []
  let rest = ''
  socket.on('error', () => undefined)
  socket.setEncoding('utf8').on('data', (text: string) => {
    const [head = '', ...tail] = (rest + text).split('\n')
    rest = tail.at(-1) ?? head
    if (tail.length > 0) lines.push(head, ...tail.slice(0, -1))
  })
  const closed = new Promise<void>(resolve => socket.once('close', () => resolve()))
  return {
    lines,
    closed,
    isClosed: () => socket.closed,
    write: bytes => void socket.write(bytes),
    send: message => void socket.write(`${JSON.stringify(message)}\n`),
    async flood(bytes) {
      while (!socket.destroyed) {
        if (!socket.write(bytes)) await Promise.race([closed, drained()])
      }
      return socket.bytesWritten
    },
    line: matches =>
      until('a line of the broker', () =>
        lines.map(line => JSON.parse(line) as Record<string, unknown>).find(matches),
      ),
    pause: () => void socket.pause(),
    close: () => void socket.destroy(),
  }

  function drained(): Promise<void> {
    return new Promise(resolve => socket.once('drain', () => resolve()))
  }
}

/** A terminal's first line, with whatever a test changes. */
export function terminalHello(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    kosmo: 'hello',
    protocol: PROTOCOL,
    version,
    as: 'terminal',
    pid: process.pid,
    interactive: true,
    ...changes,
  }
}

/** A client's first line, with whatever a test changes. */
export function clientHello(changes: Record<string, unknown> = {}): Record<string, unknown> {
  const options = {
    integrations: ['mattermost'],
    write: 'deny',
    account: 'default',
    maxResultCharacters: 100_000,
    name: 'kosmokrator',
  }
  return {
    kosmo: 'hello',
    protocol: PROTOCOL,
    version,
    as: 'client',
    pid: process.pid,
    parent: process.ppid,
    workspace: '/tmp',
    options,
    client: { name: 'raw', version: '1', form: false },
    ...changes,
  }
}
