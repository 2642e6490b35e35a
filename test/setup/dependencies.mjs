import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { withLiveLine } from './live-line.mjs'
import { modules, pathOfTheSystem, root } from './paths.mjs'
import { ProblemForThePerson } from './problem.mjs'
import { lastLines, runQuietly } from './run-quietly.mjs'

/** Which package-lock.json node_modules was made from. */
const stampFile = join(modules, '.kosmo-installed-from')

/** Whether node_modules is there and holds what package-lock.json asks for. */
export function isInstalled() {
  if (!existsSync(modules)) return false
  const wanted = lockHash()
  if (readText(stampFile) === wanted) return true
  if (!sameAsLock()) return false
  writeFileSync(stampFile, wanted)
  return true
}

/** Installs with `npm ci`, asking nothing. */
export async function installDependencies() {
  const wanted = Object.entries(lockedPackages())
    .filter(([, { os, cpu }]) => fits(os, process.platform) && fits(cpu, process.arch))
    .map(([path]) => path)
  await withLiveLine('Installing dependencies (npm ci)', npmCi, () => {
    const placed = wanted.filter(path => existsSync(join(root, path, 'package.json')))
    return `${placed.length} of ${wanted.length} packages`
  })
  writeFileSync(stampFile, lockHash())
}

async function npmCi() {
  const flags = ['--no-audit', '--no-fund', '--no-progress', '--yes', '--loglevel=error']
  const { code, output } = await npm('ci', ...flags)
  if (code === 0) return
  throw new ProblemForThePerson(
    `${lastLines(withoutHosts(output))}\n\nThe dependencies could not be installed (npm ci, exit code ${code}).\nCheck the network connection, then run the same command again.`,
  )
}

async function npm(...args) {
  const windows = process.platform === 'win32'
  const env = { ...process.env, PATH: pathOfTheSystem(), CI: '1', NPM_CONFIG_UPDATE_NOTIFIER: 'false' }
  try {
    return await runQuietly(windows ? 'npm.cmd' : 'npm', args, { cwd: root, env, shell: windows })
  } catch {
    throw new ProblemForThePerson('npm is not installed here. Install it (it comes with Node) and try again.')
  }
}

/** What npm says it put there itself, for a node_modules that somebody else installed. */
function sameAsLock() {
  const installed = JSON.parse(readText(join(modules, '.package-lock.json')) ?? '{}').packages ?? {}
  return Object.entries(lockedPackages()).every(([path, { version, optional, integrity }]) => {
    const found = installed[path]
    if (found === undefined) return optional === true
    return found.version === version && found.integrity === integrity
  })
}

/** Whether a package that names systems (`linux`, or `!win32`) is for this one. */
function fits(named, own) {
  if (named === undefined) return true
  const names = [named].flat()
  return names.includes(own) || names.every(name => name.startsWith('!') && name !== `!${own}`)
}

function lockedPackages() {
  const { packages = {} } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'))
  return Object.fromEntries(Object.entries(packages).filter(([path]) => path !== ''))
}

function lockHash() {
  const text = readFileSync(join(root, 'package-lock.json'))
  return createHash('sha256').update(`${process.platform}-${process.arch}\n`).update(text).digest('hex')
}

function readText(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined
}

function withoutHosts(text) {
  return text.replace(/https?:\/\/[^\s/]+/g, '<registry>')
}
