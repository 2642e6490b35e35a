import { spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { modules, root } from './paths.mjs'
import { ProblemForThePerson } from './problem.mjs'

/**
 * The Node that runs TypeScript: the one that package.json pins, else the one at work here if it is new enough.
 *
 * @returns {{ command: string, flags: string[] }}
 */
export function pinnedNode() {
  const command = pinnedPath()
  if (existsSync(command) && spawnSync(command, ['--version']).status === 0) return { command, flags: [] }
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major > 22 || (major === 22 && minor >= 12)) {
    return {
      command: process.execPath,
      flags: ['--experimental-strip-types', '--disable-warning=ExperimentalWarning'],
    }
  }
  throw new ProblemForThePerson(
    `There is no pinned Node for ${process.platform} ${process.arch}, and Node ${process.versions.node} cannot run TypeScript.\nInstall Node 24 and run the same command with it.`,
  )
}

function pinnedPath() {
  const windows = process.platform === 'win32'
  const folder = join(modules, `node-${windows ? 'win' : process.platform}-${process.arch}`, 'bin')
  return join(folder, windows ? 'node.exe' : 'node')
}

/**
 * Runs a script of ours under that Node, on this terminal.
 *
 * @param {string} script path from the checkout
 * @param {string[]} args
 * @param {{ stdin?: 'ignore' | 'inherit', onMessage?: (message: any) => void }} [options]
 * @returns {Promise<number>} its exit code; 1 where a signal ended it
 */
export function runScript(script, args, { stdin = 'ignore', onMessage } = {}) {
  const { command, flags } = pinnedNode()
  const channel = onMessage === undefined ? [] : ['ipc']
  return new Promise((resolve, reject) => {
    const child = spawn(command, [...flags, join(root, script), ...args], {
      cwd: root,
      stdio: [stdin, 'inherit', 'inherit', ...channel],
    })
    if (onMessage !== undefined) child.on('message', onMessage)
    child.on('error', reject)
    child.on('close', code => resolve(code ?? 1))
  })
}
