import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { withLiveLine } from './live-line.mjs'
import { root } from './paths.mjs'
import { pinnedNode } from './pinned-node.mjs'
import { ProblemForThePerson } from './problem.mjs'
import { lastLines, runQuietly } from './run-quietly.mjs'

const SOURCES = ['electron', 'renderer', 'shared', 'vite.config.ts', 'package.json', 'package-lock.json']
const PROGRAMS = ['kosmo', 'solo-gateway', 'gateway-process', 'commands', 'config-files', 'keychain-helper']
const BUILT = [
  ...PROGRAMS.map(name => `dist/cli/${name}.cjs`),
  'dist/main/main.js',
  ...['approval', 'settings'].flatMap(name => [
    `dist/preload/${name}.cjs`,
    `dist/renderer/${name}/index.html`,
  ]),
]

/** Whether the built program is missing or older than what it is made of. */
export function needsBuild() {
  const built = BUILT.map(path => join(root, path))
  if (!built.every(existsSync)) return true
  const oldest = Math.min(...built.map(path => statSync(path).mtimeMs))
  return SOURCES.some(path => newest(join(root, path)) > oldest)
}

/** The last change in a file or folder; a folder's own time tells of files that are gone. */
function newest(path) {
  if (!existsSync(path)) return 0
  const entry = statSync(path)
  if (!entry.isDirectory()) return entry.mtimeMs
  return Math.max(entry.mtimeMs, ...readdirSync(path).map(name => newest(join(path, name))))
}

/** Builds the program. */
export async function build() {
  const { command } = pinnedNode()
  const vite = join(root, 'node_modules/vite/bin/vite.js')
  const env = { ...process.env, CI: '1', NO_COLOR: '1', FORCE_COLOR: undefined }
  await withLiveLine('Building the program (vite build)', async () => {
    const { code, output } = await runQuietly(command, [vite, 'build', '--logLevel', 'warn'], {
      cwd: root,
      env,
    })
    if (code === 0) return
    // Vite's own stack says nothing about our sources.
    const said = output.split('\n').filter(line => !/^ {4}at /.test(line))
    throw new ProblemForThePerson(
      `${lastLines(said.join('\n'), 40)}\n\nThe program could not be built (vite build, exit code ${code}).\nThe lines above say where; "npm run check" shows every mistake in the sources.`,
    )
  })
}
