import { randomInt } from 'node:crypto'
import { currentFolder } from '../../broker/home.ts'
import { type Person, personAtTerminal } from './person.ts'

/** What a command of a person's touches outside of itself. */
export type CliIo = {
  stdin: NodeJS.ReadStream
  stdout: NodeJS.WriteStream
  /** Prints lines on stdout. */
  out(text: string): void
  /** Prints lines on stderr. */
  err(text: string): void
  variables: Record<string, string | undefined>
  /** The folder that the command was started in. */
  cwd: string
  /** Milliseconds since 1970. */
  now(): number
  /** A number from 0 to below `below`, which nobody can guess. */
  random(below: number): number
  /** @param clients process ids of connected clients, which no ancestor of ours may be */
  person(clients: readonly number[]): Promise<Person>
}

/** The process itself. */
export function processIo(): CliIo {
  return {
    stdin: process.stdin,
    stdout: process.stdout,
    out: text => void process.stdout.write(`${text}\n`),
    err: text => void process.stderr.write(`${text}\n`),
    variables: process.env,
    cwd: currentFolder(),
    now: Date.now,
    random: randomInt,
    person: clients => personAtTerminal(clients),
  }
}

/** Whether what is printed may be coloured: a terminal that can, and nobody asked for none (no-color.org). */
export function inColour({ stdout, variables }: CliIo): boolean {
  return stdout.isTTY === true && !variables.NO_COLOR && variables.TERM !== 'dumb'
}
