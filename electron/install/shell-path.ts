import { spawn } from 'node:child_process'
import { isAbsolute } from 'node:path'
import type { InstallSystem } from './install-system.ts'

const MARK = '__kosmo_path__'

/** A start file of a shell can wait for something for ever. */
const WITHIN_MS = 5_000

/**
 * PATH as a new terminal of the person's has it, which an app that was started from a menu does not; undefined where
 * their shell does not say within a time.
 */
export async function terminalPath(
  { platform, userHome, variables }: Pick<InstallSystem, 'platform' | 'userHome' | 'variables'>,
  withinMs = WITHIN_MS,
): Promise<string | undefined> {
  const { SHELL: shell, PATH = '/usr/bin:/bin' } = variables
  if (platform === 'win32' || shell === undefined || !isAbsolute(shell)) return undefined
  const kept = ['USER', 'LOGNAME', 'LANG', 'XDG_CONFIG_HOME', 'ZDOTDIR']
  const env = {
    ...Object.fromEntries(kept.map(name => [name, variables[name]])),
    HOME: userHome,
    SHELL: shell,
    // An AppImage puts its own folders before, which no terminal has.
    PATH: withoutMount(PATH, variables.APPDIR),
    TERM: 'dumb',
  }
  const args = ['-l', '-i', '-c', `printf '${MARK}%s${MARK}' "$PATH"`]
  const said = await outputOf({ command: shell, args, env, withinMs })
  return said.split(MARK)[1] || undefined
}

function withoutMount(path: string, mount: string | undefined): string {
  if (!mount) return path
  return path
    .split(':')
    .filter(folder => folder !== mount && !folder.startsWith(`${mount}/`))
    .join(':')
}

type Asked = {
  command: string
  args: string[]
  env: Record<string, string | undefined>
  withinMs: number
}

/** In a session of its own: an interactive shell would take the terminal that the app was started in. */
function outputOf({ command, args, env, withinMs }: Asked): Promise<string> {
  return new Promise(resolve => {
    const child = spawn(command, args, { env, detached: true, stdio: ['ignore', 'pipe', 'ignore'] })
    let output = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      if (output.length < 100_000) output += text
    })
    const end = () => {
      clearTimeout(timer)
      child.stdout.destroy()
      resolve(output)
    }
    const timer = setTimeout(() => {
      killAll(child.pid)
      end()
    }, withinMs)
    child.on('error', end)
    child.on('close', end)
  })
}

/** With what its start files have started, which would go on waiting. @param group the process that began a session */
function killAll(group: number | undefined): void {
  if (group === undefined) return
  try {
    process.kill(-group, 'SIGKILL')
  } catch {
    // All of them have ended.
  }
}
