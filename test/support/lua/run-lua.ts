import { spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { newHome } from '../broker/broker-process.ts'
import { builtProgram } from '../mcp/program.ts'
import { openTown, type Town } from '../mcp/town.ts'

export type KosmoRun = { code: number | null; stdout: string; stderr: string }

export type RunOptions = {
  /** What comes on stdin (default: nothing), or a pipe that stays open, as an agent's does. */
  stdin?: string | 'open'
  variables?: Record<string, string>
  /** Default: the Node that runs the tests. */
  node?: string
  /** Below the home folder; default: that itself. */
  folder?: string
}

/** Somebody with a home, a folder to work in and an account of a Mattermost of their own, for the test that runs. */
export type LuaTown = Town & {
  home: string
  kosmo(args: string[], options?: RunOptions): Promise<KosmoRun>
  /** Runs code, and gives the envelope. */
  lua(code: string, ...flags: string[]): Promise<Envelope>
  /** Writes a file into the folder, and gives its name. */
  file(name: string, text: string): string
  variables: Record<string, string>
}

export type Envelope = {
  success: boolean
  output: string
  error: string | null
  result: unknown[] | null
  execution_time_ms: number
  memory_usage: number | null
  integration_calls: Record<string, unknown>[]
  meta: object
}

export type LuaTownOptions = {
  /** Default: a new one. */
  home?: string
  /** Whether the environment names the account; default: yes. */
  account?: boolean
}

/** Opens it. The account comes from the environment unless the test says otherwise. */
export async function openLuaTown({
  home = newHome(),
  account = true,
}: LuaTownOptions = {}): Promise<LuaTown> {
  const town = await openTown()
  const variables = {
    HOME: home,
    KOSMO_HOME: home,
    PATH: '/usr/bin:/bin',
    XDG_RUNTIME_DIR: home,
    ...(account && { MATTERMOST_URL: town.account.url, MATTERMOST_ACCESS_TOKEN: town.account.token }),
  }
  const kosmo: LuaTown['kosmo'] = (args, options = {}) => {
    const { stdin = '', variables: more, node = process.execPath, folder = '' } = options
    const around = { cwd: join(home, folder), variables: { ...variables, ...more }, stdin }
    return run(node, [builtProgram(), ...args], around)
  }
  return {
    ...town,
    home,
    variables,
    kosmo,
    async lua(code, ...flags) {
      const { stdout, stderr } = await kosmo(['integrations:lua', '--eval', code, '--json', ...flags])
      if (stdout === '') throw new Error(stderr)
      return JSON.parse(stdout)
    },
    file(name, text) {
      writeFileSync(join(home, name), text)
      return name
    },
  }
}

/** Runs a program to its end. */
function run(
  command: string,
  args: string[],
  { cwd, variables, stdin }: { cwd: string; variables: Record<string, string>; stdin: string },
): Promise<KosmoRun> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env: variables, stdio: 'pipe', timeout: 60_000 })
    const seen = { stdout: '', stderr: '' }
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].setEncoding('utf8').on('data', (text: string) => {
        seen[name] += text
      })
    }
    child.stdin.on('error', () => undefined)
    if (stdin !== 'open') child.stdin.end(stdin)
    child.on('error', reject)
    child.on('close', code => resolve({ code, ...seen }))
  })
}
