import { mkdir, mkdtemp, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { endProcessesOf } from './leftovers.ts'

/** A user of its own for a program under test: no real settings, accounts or running broker in reach. */
export interface PrivateHome {
  /** Everything of this user lies below. */
  readonly root: string
  /** The folder that the user works in. */
  readonly workspace: string
  readonly env: Readonly<Record<string, string>>
  /** Ends whatever still runs for this user, removes the folder, and returns the command lines it ended. */
  close(): Promise<string[]>
}

/** Makes a user's home directory, workspace and temporary folder below a fresh folder. */
export async function makePrivateHome(): Promise<PrivateHome> {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'kosmo-e2e-')))
  const user = await subfolder(root, 'user')
  const workspace = await subfolder(root, 'workspace')
  const env = { ...inherited(), HOME: user, USERPROFILE: user, TMPDIR: await subfolder(root, 'tmp') }
  return { root, workspace, env, close: () => endUser(root) }
}

async function subfolder(root: string, name: string): Promise<string> {
  const path = join(root, name)
  await mkdir(path)
  return path
}

async function endUser(root: string): Promise<string[]> {
  const ended = await endProcessesOf(root)
  await rm(root, { recursive: true, force: true, maxRetries: 3 })
  return ended
}

function inherited(): Record<string, string> {
  const names = ['PATH', 'LANG', 'TERM', 'SHELL', 'USER', 'SystemRoot', 'PATHEXT', 'COMSPEC']
  return Object.fromEntries(names.flatMap(name => (process.env[name] ? [[name, process.env[name]]] : [])))
}
