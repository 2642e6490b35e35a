import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

/**
 * Installs Debian packages where that can be done without asking: as root, and in CI by sudo. Quiet; where it fails, the
 * tests that need them say that they were skipped.
 *
 * @param {readonly string[]} packages
 */
export function installPackages(packages) {
  if (process.platform !== 'linux' || !existsSync('/usr/bin/apt-get')) return
  const isRoot = process.getuid?.() === 0
  if (!isRoot && process.env.CI === undefined) return
  const before = isRoot ? [] : ['sudo', '-n']
  const run = (...args) => {
    const [command, ...rest] = [...before, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', '-qq', ...args]
    return spawnSync(command, rest, { stdio: 'ignore', timeout: 300_000 }).status === 0
  }
  const install = () => run('install', '-y', '--no-install-recommends', ...packages)
  if (!install()) run('update') && install()
}
