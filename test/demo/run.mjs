import { findRuntime, hasDisplay } from '../setup/electron-runtime.mjs'
import { runScript } from '../setup/pinned-node.mjs'
import { prepare } from '../setup/prepare.mjs'
import { reportProblem } from '../setup/problem.mjs'

// The app where there are its runtime, a screen and somebody at the keyboard; `--terminal` shows the other one.
const [flag] = process.argv.slice(2)
const hasPerson = process.stdin.isTTY === true && process.env.CI === undefined
const runtime = hasDisplay() ? findRuntime() : undefined
const isDesktop = runtime !== undefined && (flag === '--app' || (flag !== '--terminal' && hasPerson))

try {
  await prepare()
  const [script, args] = isDesktop ? ['test/demo/desktop-main.ts', [runtime]] : ['test/demo/main.ts', []]
  process.exitCode = await runScript(script, args, { stdin: 'inherit' })
} catch (error) {
  reportProblem(error)
}
