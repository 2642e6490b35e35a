// In the place of the sandbox: what a script could do that had broken out of Lua.
const { readFileSync, writeFileSync } = require('node:fs')
const { spawnSync } = require('node:child_process')
const { Worker } = require('node:worker_threads')
const { join } = require('node:path')

const attempts = {
  read: () => readFileSync('/etc/passwd'),
  write: () => writeFileSync(join(__dirname, 'written'), ''),
  program: () => spawnSync('/bin/true'),
  thread: () => new Worker('', { eval: true }),
  // biome-ignore lint/security/noGlobalEval: whether it works is what is asked
  code: () => eval('1'),
}

process.stdin.once('data', () => {
  const tell = message => process.stdout.write(`${JSON.stringify(message)}\n`)
  for (const [name, attempt] of Object.entries(attempts)) {
    try {
      attempt()
      tell({ kind: 'output', text: `${name}: done` })
    } catch (error) {
      tell({ kind: 'output', text: `${name}: ${error.code ?? error.name}` })
    }
  }
  tell({ kind: 'done', result: [], error: null, how: 'returned', memory: 0 })
})
