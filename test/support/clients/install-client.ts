import { spawn } from 'node:child_process'
import { access, mkdir, mkdtemp, readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { basename, join } from 'node:path'
import { withLock } from '../../setup/lock.mjs'
import { folderSize } from './folder-size.ts'

/** A third-party program that tests drive: an npm package at one exact version. */
export interface ClientPackage {
  readonly name: string
  readonly version: string
  /** Rough size on disk, told to the person who waits for the download. */
  readonly megabytes: number
}

const marker = 'installed.json'

/** Returns the folder whose node_modules holds the package, installing it there first if need be. */
export async function installClient(client: ClientPackage): Promise<string> {
  const cache = process.env.KOSMO_TEST_CACHE || join(homedir(), '.cache', 'kosmokrator-test')
  const folder = join(cache, `${client.name.replaceAll('/', '-').replaceAll('@', '')}-${client.version}`)
  if (await exists(join(folder, marker))) return folder
  // Test files run side by side, and two downloads of the same would be one too many.
  await withLock(basename(folder), async () => {
    if (!(await exists(join(folder, marker)))) await install(client, cache, folder)
  })
  return folder
}

async function install(client: ClientPackage, cache: string, folder: string): Promise<void> {
  await mkdir(cache, { recursive: true })
  await removeAbandoned(cache)
  // Installed beside its final place and renamed: another run sees either nothing or all of it.
  const staging = await mkdtemp(`${folder}.part-`)
  try {
    await npmInstall(client, staging)
    await writeFile(join(staging, marker), `${JSON.stringify({ ...client, at: new Date().toISOString() })}\n`)
    await putInPlace(staging, folder)
  } finally {
    await rm(staging, { recursive: true, force: true })
  }
}

/** Removes what installs left behind that were killed; one that still runs is younger than this. */
async function removeAbandoned(cache: string): Promise<void> {
  const hourAgo = Date.now() - 3_600_000
  for (const name of await readdir(cache)) {
    const path = join(cache, name)
    const found = name.includes('.part-') ? await stat(path).catch(() => undefined) : undefined
    if (found && found.mtimeMs < hourAgo) await rm(path, { recursive: true, force: true })
  }
}

async function putInPlace(staging: string, folder: string): Promise<void> {
  try {
    await rename(staging, folder)
  } catch (error) {
    // A parallel install was first; its copy is as good as ours.
    if (await exists(join(folder, marker))) return
    throw error
  }
}

async function npmInstall(client: ClientPackage, folder: string): Promise<void> {
  const what = `${client.name} ${client.version}`
  say(`installing ${what} for the tests (about ${client.megabytes} MB, once)`)
  const progress = setInterval(async () => {
    say(`  ${what}: ${await folderSize(folder)} of about ${client.megabytes} MB`)
  }, 5000)
  try {
    const { code, output } = await runNpm(installArguments(client, folder), folder)
    if (code !== 0) throw new Error(`npm could not install ${what}:\n${withoutHosts(output)}`)
  } finally {
    clearInterval(progress)
  }
  say(`  ${what}: installed`)
}

function installArguments(client: ClientPackage, folder: string): string[] {
  return [
    'install',
    `${client.name}@${client.version}`,
    `--prefix=${folder}`,
    '--save-exact',
    '--ignore-scripts',
    '--package-lock=false',
    '--no-audit',
    '--no-fund',
    '--no-progress',
    '--update-notifier=false',
    '--yes',
    '--loglevel=error',
  ]
}

function runNpm(args: string[], cwd: string): Promise<{ code: number | null; output: string }> {
  const cli = process.env.npm_execpath
  const child = cli?.endsWith('.js')
    ? spawn(process.execPath, [cli, ...args], { cwd, stdio: ['ignore', 'pipe', 'pipe'] })
    : spawn('npm', args, { cwd, stdio: ['ignore', 'pipe', 'pipe'], shell: process.platform === 'win32' })
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString()
  })
  child.stderr.on('data', (chunk: Buffer) => {
    output += chunk.toString()
  })
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', code => resolve({ code, output }))
  })
}

function withoutHosts(text: string): string {
  return text.replace(/https?:\/\/[^\s/]+/g, '<registry>')
}

function say(line: string): void {
  process.stderr.write(`${line}\n`)
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}
