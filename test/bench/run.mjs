import { runScript } from '../setup/pinned-node.mjs'
import { prepare } from '../setup/prepare.mjs'
import { reportProblem } from '../setup/problem.mjs'

try {
  await prepare()
  process.exitCode = await runScript('test/bench/main.ts', process.argv.slice(2))
} catch (error) {
  reportProblem(error)
}
