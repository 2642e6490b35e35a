import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gatewayCommand, type WriteRequest } from '../support/clients/gateway-command.ts'
import type { Launch } from './stdio-client.ts'

export type Account = { url: string; token: string }

/** The built program for one account, as a client starts it; `node` is another Node to run it on. */
export function launchKosmo(write: WriteRequest, account: Account, node?: string): Launch {
  const { command, args, env } = gatewayCommand(write, account)
  return { command: node ?? command, args, env: { ...bareEnvironment(), ...env } }
}

/** What a client that clears the environment leaves, with a home directory that holds no settings of anybody's. */
export function bareEnvironment(): Record<string, string> {
  const home = join(tmpdir(), 'kosmo-nobody')
  const kept = ['PATH', 'LANG', 'SystemRoot'].flatMap(name => {
    const value = process.env[name]
    return value === undefined ? [] : [[name, value]]
  })
  const journal = mkdtempSync(join(tmpdir(), 'kosmo-home-'))
  return { ...Object.fromEntries(kept), HOME: home, USERPROFILE: home, KOSMO_HOME: journal }
}
