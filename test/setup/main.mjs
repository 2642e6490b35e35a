import { prepare } from './prepare.mjs'
import { reportProblem } from './problem.mjs'

// Sets up the checkout and nothing else, for `.ci/run`.
await prepare().catch(reportProblem)
