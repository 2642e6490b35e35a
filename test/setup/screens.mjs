import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from './paths.mjs'
import { runScript } from './pinned-node.mjs'
import { prepare } from './prepare.mjs'
import { reportProblem } from './problem.mjs'

/*
 * Makes docs/screens: a picture of every window in every state, light and dark, out of the tests that bring the windows
 * there. `npm run screens`.
 */

const target = join(root, 'docs/screens')
const folder = mkdtempSync(join(tmpdir(), 'kosmo-screens-'))
try {
  await prepare()
  process.env.KOSMO_SCREENS = folder
  process.exitCode = await runScript('test/setup/run-vitest.mjs', ['test/renderer'], {})
  rmSync(target, { recursive: true, force: true })
  mkdirSync(target, { recursive: true })
  // The narrow ones are for whoever works on a window: KOSMO_SCREENS=FOLDER npm test -- test/renderer
  for (const file of readdirSync(folder).filter(name => /-(light|dark)\.png$/.test(name))) {
    cpSync(join(folder, file), join(target, file.replaceAll(/[^\w.-]+/g, '-')))
  }
} catch (error) {
  reportProblem(error)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
