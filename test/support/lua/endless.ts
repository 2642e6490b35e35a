import { dirname, join } from 'node:path'
import { openSandbox } from '../../../electron/lua/open-sandbox.ts'
import { builtProgram } from '../mcp/program.ts'

/** Runs a script that says that it runs and then never ends. */
const sandbox = openSandbox({
  program: join(dirname(builtProgram()), 'lua-sandbox.cjs'),
  limits: { memory: 32 * 1024 * 1024, time: 600_000 },
  now: () => performance.now(),
  host: {
    output: text => console.log(text),
    call: async () => ({ kind: 'value', value: null }),
    docs: async () => ({ kind: 'value', value: '' }),
  },
})
void sandbox.run('print("running") while true do end', 'endless')
