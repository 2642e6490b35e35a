import { join } from 'node:path'
import { loadLua } from './lua-api.ts'
import { makeMachine } from './machine.ts'
import { openParentLine } from './parent-line.ts'

/** The process in which scripts run: no token, no environment, no rights; its parent ends it when it takes too long. */
async function main(): Promise<void> {
  const parent = openParentLine()
  // stdout is the line to the parent, whatever a library thinks.
  console.log = console.info = console.debug = () => undefined
  // Ctrl-C goes to both of us; what it means is for our parent to say.
  process.on('SIGINT', () => undefined)
  const lua = await loadLua(join(import.meta.dirname, 'lua.wasm'))
  const start = parent.hear()
  if (start?.kind !== 'start') return
  const machine = makeMachine(lua, parent, start.memoryLimit)
  for (let next = parent.hear(); next?.kind === 'run'; next = parent.hear()) {
    parent.tell({ kind: 'running' })
    const ran = machine.run(next.code, next.name)
    parent.tell({ kind: 'done', ...ran, memory: machine.memory() })
  }
}

main().catch(() => process.exit(1))
