import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished } from 'vitest'
import { builtProgram } from '../mcp/program.ts'

export type LineRun = { code: number; stdout: string; stderr: string; json(): Record<string, unknown> }

export type LineOptions = {
  variables: Record<string, string>
  cwd?: string
  /** What comes on stdin; `open` is a pipe on which nothing ever comes. Default: an empty one. */
  stdin?: string | 'open'
  /** Must show nowhere. */
  secrets?: string[]
}

/** As a person has them after an install. */
const PRELUDE = `kosmo() { '${process.execPath}' '${builtProgram()}' "$@"; }
kosmokrator() { kosmo "$@"; }
`

/** Runs lines of a shell, in which `kosmo` and `kosmokrator` are the built program, to their end. */
export function runLine(line: string, options: LineOptions): Promise<LineRun> {
  return run('/bin/sh', ['-c', PRELUDE + line], options)
}

/** Runs `kosmo` with these words. */
export function runKosmoWith(args: string[], options: LineOptions): Promise<LineRun> {
  return run(process.execPath, [builtProgram(), ...args], options)
}

function run(
  command: string,
  args: string[],
  { variables, cwd = tmpdir(), stdin = '', secrets = [] }: LineOptions,
): Promise<LineRun> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env: { PATH: '/usr/bin:/bin', ...variables }, stdio: 'pipe' })
    const seen = { stdout: '', stderr: '' }
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].setEncoding('utf8').on('data', (text: string) => {
        seen[name] += text
      })
    }
    child.stdin.on('error', () => undefined)
    if (stdin !== 'open') child.stdin.end(stdin)
    child.on('error', reject)
    child.on('close', code => {
      for (const secret of secrets) {
        expect((seen.stdout + seen.stderr).includes(secret), 'the token shows').toBe(false)
      }
      resolve({ code: code ?? -1, ...seen, json: () => JSON.parse(seen.stdout) as Record<string, unknown> })
    })
  })
}

/** A home folder for the test that is running: its variables, and those of an account where one is given. */
export function newCliHome(account?: { url: string; token: string }) {
  const home = mkdtempSync(join(tmpdir(), 'kc-'))
  onTestFinished(() => rmSync(home, { recursive: true, force: true }))
  const place = join(home, 'k')
  const variables = {
    HOME: home,
    KOSMO_HOME: place,
    ...(account && { MATTERMOST_URL: account.url, MATTERMOST_ACCESS_TOKEN: account.token }),
  }
  return { home, place, variables }
}
