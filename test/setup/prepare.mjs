import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { build, needsBuild } from './build.mjs'
import { installDependencies, isInstalled } from './dependencies.mjs'
import { withLock } from './lock.mjs'
import { root } from './paths.mjs'
import { ProblemForThePerson } from './problem.mjs'

/** Sets up whatever is missing on a fresh machine: dependencies, then the built program. Asks nothing. */
export async function prepare() {
  requireNode()
  if (!existsSync(join(root, 'package-lock.json'))) {
    throw new ProblemForThePerson('package-lock.json is missing here. Run this from a complete checkout.')
  }
  if (isInstalled() && !needsBuild()) return
  await withLock('prepare', async () => {
    if (!isInstalled()) await installDependencies()
    if (needsBuild()) await build()
  })
}

function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major > 20 || (major === 20 && minor >= 19)) return
  throw new ProblemForThePerson(
    `This needs Node 20.19 or newer, and this is Node ${process.versions.node}. Install a newer one and run it again.`,
  )
}
