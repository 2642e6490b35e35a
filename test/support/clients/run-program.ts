import { spawn } from 'node:child_process'

/** How a program ended and all that it wrote. */
export interface ProgramRun {
  readonly exitCode: number | null
  readonly stdout: string
  readonly stderr: string
}

/** What a program is given; nothing else of the test's own environment reaches it. */
export interface ProgramSetting {
  readonly cwd: string
  readonly env: Readonly<Record<string, string>>
}

/** Runs a program to its end without a stdin; one that hangs for 90 s is killed. */
export function runProgram(
  command: string,
  args: readonly string[],
  setting: ProgramSetting,
): Promise<ProgramRun> {
  const child = spawn(command, args, {
    ...setting,
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 90_000,
    killSignal: 'SIGKILL',
  })
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', exitCode => resolve({ exitCode, stdout, stderr }))
  })
}
