import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'

const WRITER = join(import.meta.dirname, 'writer.ts')

export type Writer = { child: ChildProcess; said(): string[]; ended: Promise<number | null> }

/** Starts a real process that appends `count` entries; `shell` goes before it, e.g. `ulimit -f 8`. */
export function startWriter(
  folder: string,
  name: string,
  count: number,
  { durable = false, shell }: { durable?: boolean; shell?: string } = {},
): Writer {
  const args = [WRITER, folder, name, String(count), ...(durable ? ['durable'] : [])]
  const child =
    shell === undefined
      ? spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
      : spawn('/bin/bash', ['-c', `${shell}; exec "$@"`, 'bash', process.execPath, ...args], {
          stdio: ['ignore', 'pipe', 'inherit'],
        })
  let text = ''
  child.stdout?.setEncoding('utf8').on('data', chunk => {
    text += chunk
  })
  const ended = new Promise<number | null>(resolve => child.on('close', code => resolve(code)))
  return { child, said: () => text.split('\n').slice(0, -1), ended }
}
