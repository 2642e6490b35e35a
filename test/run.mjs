import { installDesktop } from './setup/desktop.mjs'
import { installKeyring } from './setup/keyring.mjs'
import { runScript } from './setup/pinned-node.mjs'
import { prepare } from './setup/prepare.mjs'
import { ProblemForThePerson, reportProblem } from './setup/problem.mjs'

// `npm test` runs everything, `npm run test:codex` the clients; further arguments are Vitest's own.
const [first, ...rest] = process.argv.slice(2)
const args = first === 'codex' ? ['test/e2e', ...rest] : process.argv.slice(2)

// Colours are for a terminal; Vitest gives them to pipes too.
if (process.stdout.isTTY !== true && process.env.FORCE_COLOR === undefined) process.env.NO_COLOR ??= '1'

let counts
try {
  await prepare()
  await installKeyring()
  await installDesktop()
  const code = await runScript('test/setup/run-vitest.mjs', args, {
    onMessage: message => {
      counts = message
    },
  })
  if (counts === undefined) {
    throw new ProblemForThePerson(`The test runner ended before its end (exit code ${code}). See above.`)
  }
  process.exitCode = code
} catch (error) {
  counts = { passed: 0, failed: 1, skipped: 0 }
  reportProblem(error)
}

const { passed, failed, skipped } = counts
if (failed > 0 || passed === 0) process.exitCode ||= 1
console.log(`\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`)
