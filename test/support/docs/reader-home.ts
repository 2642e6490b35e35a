import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished } from 'vitest'
import { startBrokerProcess } from '../broker/broker-process.ts'
import { runKosmoWith } from '../cli/run-line.ts'
import { exampleWorld } from '../mattermost/example-world.ts'
import { startMattermost } from '../mattermost/server.ts'

/** Where a reader of a page tries what it shows: a home with a server, an account, and the files that pages speak of. */
export type ReaderHome = {
  home: string
  /** The folder that commands are run in. */
  project: string
  url: string
  token: string
}

/** Folders that a person with Codex, Claude Code and two shells has. */
const FOLDERS = ['.codex', '.claude', 'project/.git', '.zfunc', '.config/fish/completions']

/** Makes one for the test that runs. */
export async function openReaderHome({ withBroker }: { withBroker: boolean }): Promise<ReaderHome> {
  const { world, people } = exampleWorld()
  const { url, close } = await startMattermost({ world })
  onTestFinished(close)
  const token = world.token(people.alice)
  const home = realpathSync(mkdtempSync(join(tmpdir(), 'kd-')))
  onTestFinished(() => rmSync(home, { recursive: true, force: true }))
  const project = join(home, 'project')
  for (const folder of FOLDERS) mkdirSync(join(home, folder), { recursive: true })
  const account = JSON.stringify({ set: { url, access_token: token } })
  const files = {
    'account.json': account,
    'post.json': JSON.stringify({ channel_id: 'eng/dev', message: 'Deployed 1.2' }),
  }
  for (const [name, text] of Object.entries(files)) writeFileSync(join(project, name), text)
  const set = ['integrations:configure', 'mattermost', '--stdin-json', '--store=file']
  const configured = await runKosmoWith(set, { variables: { HOME: home }, stdin: account })
  expect(configured.stderr).toBe('')
  if (withBroker) {
    await startBrokerProcess({ home: join(home, '.kosmokrator-desktop'), variables: { HOME: home } })
  }
  return { home, project, url, token }
}
