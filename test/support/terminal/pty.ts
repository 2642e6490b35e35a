import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'vite'
import { expect, vi } from 'vitest'

const here = import.meta.dirname

/** Builds the program that the terminals run, and is its file. */
export async function buildEntry(folder: string): Promise<string> {
  await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      ssr: join(here, 'entry.ts'),
      outDir: folder,
      target: 'node20.19',
      rolldownOptions: { output: { format: 'es', entryFileNames: 'entry.mjs', codeSplitting: false } },
    },
    ssr: { noExternal: true },
  })
  return join(folder, 'entry.mjs')
}

export type Terminal = {
  /** Everything that was put on the screen since the last `clear`. */
  seen(): string
  clear(): void
  /** Waits for words on the screen. */
  shows(words: string | RegExp): Promise<void>
  /** Types, and waits until the program has dealt with it. */
  type(keys: string): Promise<void>
  /** Types without waiting. */
  send(keys: string): void
  /** Types at a question, again where it was not yet to be answered, until the program ends; its exit code. */
  sendUntilEnd(keys: string): Promise<number>
  /** Puts the program's clock forward, in milliseconds. */
  wait(milliseconds: number): void
  resize(columns: number, rows: number): void
  signal(number: number): void
  /** The exit code. */
  ended: Promise<number>
  close(): void
}

/** Runs a command of ours in a terminal of its own. */
export function openTerminal(
  entry: string,
  args: string[],
  env: Record<string, string>,
  [columns, rows]: [number, number] = [100, 40],
): Terminal {
  const folder = mkdtempSync(join(tmpdir(), 'kosmo-pty-'))
  const [clock, reads] = [join(folder, 'clock'), join(folder, 'reads')]
  let now = 1_000
  let seen = ''
  writeFileSync(clock, String(now))
  writeFileSync(reads, '')
  const child = spawn(
    'python3',
    [join(here, 'in-terminal.py'), String(columns), String(rows), process.execPath, entry, ...args],
    {
      env: {
        PATH: process.env.PATH ?? '',
        TERM: 'xterm',
        ...env,
        KOSMO_TEST_CLOCK: clock,
        KOSMO_TEST_READS: reads,
      },
    },
  )
  child.stdout.setEncoding('utf8').on('data', chunk => {
    seen += chunk
  })
  child.stderr.setEncoding('utf8').on('data', chunk => {
    seen += chunk
  })
  child.stdin.on('error', () => undefined)
  let code: number | undefined
  const ended = new Promise<number>(resolve =>
    child.once('close', closed => {
      code = closed ?? -1
      resolve(code)
    }),
  )
  const wait = (milliseconds: number) => {
    now += milliseconds
    writeFileSync(clock, String(now))
  }
  const command = (value: unknown) => void child.stdin.write(`${JSON.stringify(value)}\n`)
  const dealtWith = () =>
    readFileSync(reads, 'utf8')
      .split('\n')
      .filter(line => line !== '')
      .map(line => JSON.parse(line))
      .join('')
  return {
    seen: () => seen,
    clear: () => {
      seen = ''
    },
    shows: words =>
      vi.waitFor(() => expect(seen).toMatch(typeof words === 'string' ? new RegExp(words) : words), {
        timeout: 40_000,
        interval: 10,
      }),
    async type(keys) {
      const before = dealtWith()
      command({ keys })
      await vi.waitFor(() => expect(dealtWith()).toBe(before + keys), { timeout: 40_000, interval: 10 })
    },
    send: keys => command({ keys }),
    async sendUntilEnd(keys) {
      const once = () => {
        if (code !== undefined) return
        wait(1_000)
        command({ keys })
        throw new Error(`it goes on after ${JSON.stringify(keys)}`)
      }
      await vi.waitFor(once, { timeout: 40_000, interval: 250 })
      return ended
    },
    wait,
    resize: (wide, high) => command({ size: [wide, high] }),
    signal: number => command({ signal: number }),
    ended,
    close() {
      child.stdin.end()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
