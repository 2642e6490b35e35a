import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { onTestFinished } from 'vitest'
import { until } from '../broker/until.ts'
import { builtProgram } from '../mcp/program.ts'

/** `kosmo approvals watch` as a person has it before them. */
export type ApprovalsTerminal = {
  /** The rows that are on the screen now, without colours. */
  screen(): string
  /** Waits until words are on the screen. */
  shows(words: string | RegExp): Promise<void>
  /** Presses a key, again while it was taken for a stray one, until the screen shows words. */
  press(key: string, words: string | RegExp): Promise<void>
  close(): void
}

/** Starts a program whose parent ends at once. What started it stays as long as we do, and its pipes with it. */
const ORPHAN = 'setsid --fork "$@"; exec cat <&3'

/** Longer than keys are absorbed after something new is on the screen. */
const AGAIN_AFTER_MS = 800
const PRESS_WITHIN_MS = 20_000

const isDone = () => true
const isNotDone = () => false

/**
 * Runs the built `kosmo approvals watch` in a terminal of its own for the test that is running, and waits for its
 * first screen. It is nobody's child, as a person's window is: whoever runs the tests may be an agent, or be known to
 * the broker as the one that started a client.
 */
export async function openApprovals(
  home: string,
  variables: Record<string, string> = {},
): Promise<ApprovalsTerminal> {
  const python = ['python3', join(import.meta.dirname, 'in-terminal.py'), '120', '40']
  const child = spawn(
    'sh',
    ['-c', ORPHAN, 'sh', ...python, process.execPath, builtProgram(), 'approvals', 'watch'],
    {
      env: { HOME: home, KOSMO_HOME: home, PATH: '/usr/bin:/bin', TERM: 'xterm', ...variables },
      stdio: ['pipe', 'pipe', 'pipe', 'pipe'],
    },
  )
  let seen = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      seen = (seen + text).slice(-200_000)
    })
  }
  child.stdin?.on('error', () => undefined)
  const terminal: ApprovalsTerminal = {
    screen: () => lastFrame(seen),
    shows,
    async press(key, words) {
      let before: string | undefined
      const end = performance.now() + PRESS_WITHIN_MS
      do {
        const now = terminal.screen()
        // While something else is still coming onto the screen, nobody presses again.
        if (before === undefined || before === now) child.stdin?.write(`${JSON.stringify({ keys: key })}\n`)
        before = now
        if (await shows(words, AGAIN_AFTER_MS).then(isDone, isNotDone)) return
      } while (performance.now() < end)
      await shows(words, 0)
    },
    close: () => void child.kill('SIGKILL'),
  }
  onTestFinished(() => terminal.close())
  await shows('KosmoKrator approvals')
  return terminal

  async function shows(words: string | RegExp, withinMs?: number): Promise<void> {
    const wanted = typeof words === 'string' ? { test: (text: string) => text.includes(words) } : words
    try {
      await until(`the screen shows ${words}`, () => wanted.test(terminal.screen()), withinMs)
    } catch (error) {
      throw new Error(`${String(error)}, but:\n${terminal.screen() || seen}`)
    }
  }
}

/** What is between the last `home` and its `erase below`; the clock on it is left out, since it changes by itself. */
function lastFrame(seen: string): string {
  const frames = seen.split('\x1b[H').slice(1)
  const frame = frames.findLast(each => each.includes('\x1b[J')) ?? ''
  return stripVTControlCharacters(frame.split('\x1b[J')[0] ?? '').replace(/Time left [\d:]+/, '')
}
