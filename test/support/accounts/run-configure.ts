import { spawn } from 'node:child_process'
import { builtProgram } from '../mcp/program.ts'

export type ConfigureRun = { code: number | null; stdout: string; stderr: string }

export type RunOptions = {
  variables: Record<string, string>
  /** What comes on stdin; without it, a pipe that stays open as an agent's does. */
  stdin?: string
}

/** `kosmo integrations:configure` as the program and its first arguments. */
export function configureWords(): string[] {
  return [process.execPath, builtProgram(), 'integrations:configure']
}

/** Runs the command to its end. */
export function runConfigure(args: string[], options: RunOptions): Promise<ConfigureRun> {
  const [command = '', ...first] = configureWords()
  return run(command, [...first, ...args], options)
}

/** Runs a line of a shell to its end. */
export function runShell(line: string, options: RunOptions): Promise<ConfigureRun> {
  return run('/bin/sh', ['-c', line], options)
}

function run(command: string, args: string[], { variables, stdin }: RunOptions): Promise<ConfigureRun> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { env: variables, stdio: 'pipe' })
    const seen = { stdout: '', stderr: '' }
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].setEncoding('utf8').on('data', (text: string) => {
        seen[name] += text
      })
    }
    child.stdin.on('error', () => undefined)
    if (stdin !== undefined) child.stdin.end(stdin)
    child.on('error', reject)
    child.on('close', code => resolve({ code, ...seen }))
  })
}
