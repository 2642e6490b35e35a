import { spawn } from 'node:child_process'
import { fetchRuntime, hasDisplay } from './electron-runtime.mjs'
import { root } from './paths.mjs'
import { pinnedNode } from './pinned-node.mjs'
import { prepare } from './prepare.mjs'
import { ProblemForThePerson, reportProblem } from './problem.mjs'

// `npm start`: the app from this checkout, on the home folder of the person who starts it.
try {
  await prepare()
  if (!hasDisplay()) {
    throw new ProblemForThePerson(
      'There is no screen here (neither DISPLAY nor WAYLAND_DISPLAY is set). `kosmo broker` and `kosmo approvals watch` do the same at a terminal.',
    )
  }
  const child = spawn(await fetchRuntime(), ['.', ...process.argv.slice(2)], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, KOSMO_NODE: process.env.KOSMO_NODE ?? pinnedNode().command },
  })
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal))
  process.exitCode = await new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', code => resolve(code ?? 1))
  })
} catch (error) {
  reportProblem(error)
}
