import type { CliIo } from '../../../electron/cli/terminal/io.ts'
import type { Person } from '../../../electron/cli/terminal/person.ts'

export type CapturedIo = CliIo & { printed(): string; complained(): string }

/** A command's surroundings without a terminal; what it prints is kept. */
export function capturedIo(home: string, person: Person = NOBODY): CapturedIo {
  const out: string[] = []
  const err: string[] = []
  return {
    stdin: process.stdin,
    stdout: Object.create(process.stdout, { isTTY: { value: false }, columns: { value: 100 } }),
    out: text => void out.push(text),
    err: text => void err.push(text),
    variables: { KOSMO_HOME: home },
    cwd: '/nowhere/at-all',
    now: () => 1_000,
    random: () => 0,
    person: async () => person,
    printed: () => out.join('\n'),
    complained: () => err.join('\n'),
  }
}

const NOBODY: Person = { interactive: false, why: 'A person has to answer this: stdin is not a terminal.' }
