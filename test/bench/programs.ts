import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Account, bareEnvironment } from '../setup/launch.ts'
import type { Launch } from '../setup/stdio-client.ts'
import { gatewayCommand, type WriteRequest } from '../support/clients/gateway-command.ts'
import { temporaryFolder } from './temporary.ts'

/** A built program that is measured: its `kosmo.cjs`, with the others beside it. */
export type Program = { name: string; script: string }

/** The program that is measured, by its name in the tables. */
export const OURS = 'kosmo'

export type LaunchOptions = {
  write?: WriteRequest
  /** Another Node to run it on. */
  node?: string
  /** KOSMO_HOME; default: a new one, in which no broker is. */
  home?: string
  /** Files of authorities to trust. */
  authority?: string | undefined
}

/** What was built here, and what was built elsewhere. @param against a folder with a `kosmo.cjs` */
export function findPrograms(against: string | undefined): Program[] {
  const [script = ''] = gatewayCommand('deny', { url: '', token: '' }).args
  const ours = { name: OURS, script }
  if (against === undefined) return [ours]
  const other = join(resolve(against), 'kosmo.cjs')
  if (!existsSync(other)) throw new Error(`${other} is missing: --against takes a folder like dist/cli`)
  return [ours, { name: 'other', script: other }]
}

const environment = bareEnvironment()

/** A program for one account, as a client starts it. */
export function launchProgram(program: Program, account: Account, options: LaunchOptions = {}): Launch {
  const { write = 'deny', node, home = temporaryFolder(), authority } = options
  const { command, args, env } = gatewayCommand(write, account)
  return {
    command: node ?? command,
    args: [program.script, ...args.slice(1)],
    env: { ...environment, ...env, KOSMO_HOME: home, ...(authority && { MATTERMOST_CA_FILE: authority }) },
  }
}

/** A command of a program, without an account. */
export function launchCommand(program: Program, args: readonly string[], home: string): Launch {
  return {
    command: process.execPath,
    args: [program.script, ...args],
    env: { ...environment, KOSMO_HOME: home },
  }
}

/** The server that does nothing. */
export function launchFloor(node: string): Launch {
  const script = fileURLToPath(new URL('floor.cjs', import.meta.url))
  return { command: node, args: [script], env: environment }
}
