import { spawn } from 'node:child_process'
import { faultCode } from '../broker/fault-code.ts'

/** How a program of somebody else's ended. */
export type ProgramEnd =
  | { kind: 'ended'; code: number | null; stdout: string; stderr: string }
  /** It could not be started, or was killed because it took too long. */
  | { kind: 'failed'; why: string }

export type ProgramStart = {
  command: string
  args: readonly string[]
  env: Readonly<Record<string, string | undefined>>
  cwd?: string
  withinMs: number
}

/** More than anything that is asked for here; the rest is thrown away. */
const MAX_CHARACTERS = 2_000_000

/** Runs a program with an empty stdin to its end. */
export function runProgram({ command, args, env, cwd, withinMs }: ProgramStart): Promise<ProgramEnd> {
  return new Promise(resolve => {
    const child = spawn(command, [...args], {
      env: { ...env },
      ...(cwd !== undefined && { cwd }),
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
    })
    let stdout = ''
    let stderr = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      if (stdout.length < MAX_CHARACTERS) stdout += text
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      if (stderr.length < MAX_CHARACTERS) stderr += text
    })
    const end = (result: ProgramEnd) => {
      clearTimeout(timer)
      resolve(result)
    }
    const timer = setTimeout(() => {
      child.kill('SIGKILL')
      // What it started may hold its pipes open for ever.
      child.stdout.destroy()
      child.stderr.destroy()
      end({ kind: 'failed', why: `it did not end within ${Math.round(withinMs / 1000)} seconds` })
    }, withinMs)
    child.on('error', error => {
      end({ kind: 'failed', why: `it could not be started (${faultCode(error)})` })
    })
    child.on('close', code => end({ kind: 'ended', code, stdout, stderr }))
  })
}
