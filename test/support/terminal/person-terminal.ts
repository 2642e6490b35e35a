import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { onTestFinished } from 'vitest'
import { until } from '../broker/until.ts'
import { builtProgram } from '../mcp/program.ts'

/** A command of ours in a terminal of a person's own. */
export type PersonTerminal = {
  /** Everything that came, without colours. */
  seen(): string
  /** Waits until words have come. */
  shows(words: string | RegExp): Promise<RegExpMatchArray>
  /** Types, again while it was taken for stray keys, until the program shows words. */
  type(keys: string, words: string | RegExp): Promise<void>
  /** The exit code. */
  ended(): Promise<number>
}

/** Its parent ends at once: whoever runs the tests may be an agent, and an agent's child is nobody's terminal. */
const ORPHAN = 'setsid --fork sh -c \'"$@"; echo "[ended $?]"\' sh "$@"; exec cat <&3'

const AGAIN_AFTER_MS = 800

/** Runs the built `kosmo` for the test that is running. */
export function openPersonTerminal(
  args: string[],
  variables: Record<string, string>,
  cwd = '/tmp',
): PersonTerminal {
  const python = ['python3', join(import.meta.dirname, 'in-terminal.py'), '110', '40']
  const child = spawn('sh', ['-c', ORPHAN, 'sh', ...python, process.execPath, builtProgram(), ...args], {
    cwd,
    env: { PATH: '/usr/bin:/bin', TERM: 'xterm', ...variables },
    stdio: ['pipe', 'pipe', 'pipe', 'pipe'],
  })
  let seen = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      seen += text
    })
  }
  child.stdin?.on('error', () => undefined)
  onTestFinished(() => void child.kill('SIGKILL'))
  const plain = () => stripVTControlCharacters(seen)
  const shows = (words: string | RegExp, withinMs?: number) =>
    until(
      `the terminal shows ${words} (so far: ${plain().slice(-300)})`,
      () => plain().match(words) ?? undefined,
      withinMs,
    )
  return {
    seen: plain,
    shows: words => shows(words),
    async type(keys, words) {
      for (let tries = 0; tries < 20; tries++) {
        child.stdin?.write(`${JSON.stringify({ keys })}\n`)
        const came = await shows(words, AGAIN_AFTER_MS).catch(() => undefined)
        if (came !== undefined) return
      }
      await shows(words, 0)
    },
    ended: async () => Number((await shows(/\[ended (\d+)\]/))[1]),
  }
}
