import { existsSync, mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openTown } from '../mcp/town.ts'
import { type RunOptions, runConfigure } from './run-configure.ts'

/** Somebody with a home of their own and no session, so that no keychain of this machine is ever asked. */
export async function openConfiguringPerson() {
  const { account, mattermost } = await openTown()
  const home = mkdtempSync(join(tmpdir(), 'kosmo-configure-'))
  const variables = { HOME: home, PATH: process.env.PATH ?? '', XDG_RUNTIME_DIR: home }
  const place = join(home, '.kosmokrator-desktop')
  const path = (name: string) => join(place, name)
  const text = (name: string) => (existsSync(path(name)) ? readFileSync(path(name), 'utf8') : '')
  const run = (args: string[], more: Partial<RunOptions> = {}) =>
    runConfigure(['mattermost', ...args], { variables, ...more })
  const { url, token } = account
  const set = ['--set', `url=${url}`, '--set', `access_token=${token}`, '--store=file']
  const both = () => text('settings.json') + text('accounts.json')
  return { mattermost, url, token, home, place, variables, path, text, run, set, both }
}
