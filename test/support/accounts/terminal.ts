import { spawn } from 'node:child_process'
import { stripVTControlCharacters } from 'node:util'

/** What a person does: waits until they see something, then types. */
export type Step = { sees: string; types: string }

export const KEYS = { enter: '\r', down: '\u001b[B', right: '\u001b[C', interrupt: '\u0003', wipe: '\u0015' }

/**
 * Drives a program on a real pseudo-terminal, and ends it where a step does not come within 20 seconds. Reads its steps
 * from stdin, so that what is typed stands in no list of processes.
 */
const DRIVER = `
import fcntl, json, os, pty, re, select, signal, struct, sys, termios, time
plan = json.load(sys.stdin)
pid, terminal = pty.fork()
if pid == 0:
    os.execve(plan['command'][0], plan['command'], plan['variables'])
fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack('HHHH', 40, 100, 0, 0))
seen, mark, steps, until = b'', 0, plan['steps'], time.time() + 20
while True:
    ready = select.select([terminal], [], [], 0.1)[0]
    if ready:
        try:
            chunk = os.read(terminal, 65536)
        except OSError:
            chunk = b''
        if not chunk:
            break
        seen += chunk
    if steps and steps[0]['sees'].encode() in seen[mark:]:
        mark, until = len(seen), time.time() + 20
        os.write(terminal, steps.pop(0)['types'].encode())
    if time.time() > until:
        os.kill(pid, signal.SIGKILL)
        break
status = os.waitpid(pid, 0)[1]
json.dump({'raw': seen.decode('utf8', 'replace'), 'left': len(steps), 'code': os.waitstatus_to_exitcode(status)}, sys.stdout)
`

/** Runs a program as a person would; `raw` is every byte that came to the terminal. */
export async function atTerminal(
  command: string[],
  variables: Record<string, string>,
  steps: Step[],
): Promise<{ raw: string; text: string; code: number }> {
  const child = spawn('python3', ['-c', DRIVER], { stdio: ['pipe', 'pipe', 'inherit'] })
  child.stdin.end(JSON.stringify({ command, variables: { TERM: 'xterm', ...variables }, steps }))
  let told = ''
  for await (const chunk of child.stdout.setEncoding('utf8')) told += chunk
  const { raw, left, code } = JSON.parse(told) as { raw: string; left: number; code: number }
  const text = stripVTControlCharacters(raw)
  if (left > 0) throw new Error(`the terminal never showed "${steps.at(-left)?.sees}":\n${text}`)
  return { raw, text, code }
}
