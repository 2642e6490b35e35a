import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'
import { builtProgram } from '../mcp/program.ts'

export type Run = { code: number | null; out: string; err: string }

/** A person's home directory, and terminals in it. */
export type PersonHome = {
  home: string
  /** Runs the built `kosmo`, or another. @param program a Node and a script */
  kosmo(args: string[], variables?: Record<string, string>, program?: readonly string[]): Run
  /** Runs a line in a new terminal's shell: nothing is known to it but what its start files say. */
  inShell(command: readonly string[], line: string): Run
  write(path: string, text: string | Uint8Array, mode?: number): string
  read(path: string): string
  has(path: string): boolean
}

export const SYSTEM_PATH = '/usr/bin:/bin'

/** Makes one for the test that is running. @param name of the folder: people have spaces in theirs */
export function openPersonHome(name = 'ada'): PersonHome {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'kosmo-home-')))
  onTestFinished(() => rmSync(root, { recursive: true, force: true }))
  const home = join(root, name)
  mkdirSync(home)
  const run = (command: string, args: string[], variables: Record<string, string>): Run => {
    const { status, stdout, stderr } = spawnSync(command, args, {
      cwd: home,
      env: { HOME: home, PATH: SYSTEM_PATH, LANG: 'C.UTF-8', TERM: 'dumb', ...variables },
      encoding: 'utf8',
      timeout: 30_000,
    })
    return { code: status, out: stdout, err: stderr }
  }
  return {
    home,
    kosmo(args, variables = {}, [node = process.execPath, script = builtProgram()] = []) {
      return run(node, [script, ...args], variables)
    },
    inShell: ([shell = 'sh', ...flags], line) => run(shell, [...flags, line], {}),
    write(path, text, mode = 0o644) {
      const whole = join(home, path)
      mkdirSync(dirname(whole), { recursive: true })
      writeFileSync(whole, text)
      chmodSync(whole, mode)
      return whole
    },
    read: path => readFileSync(join(home, path), 'utf8'),
    has: path => existsSync(join(home, path)),
  }
}
