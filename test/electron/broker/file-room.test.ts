import { tmpdir } from 'node:os'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { runProgram } from '../../support/clients/run-program.ts'

const SCRIPT = fileURLToPath(new URL('../../support/broker/full-of-files.ts', import.meta.url))

/** In a process group of its own: a signal to a process that was never started goes to all of ours. */
async function startInFullProcess(what: string): Promise<{ counts: number[]; last: string }> {
  const args = ['--wait', 'prlimit', '--nofile=80:80', process.execPath, SCRIPT, what]
  const { exitCode, stdout, stderr } = await runProgram('setsid', args, {
    cwd: tmpdir(),
    env: { PATH: '/usr/bin:/bin' },
  })
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
  return JSON.parse(stdout)
}

test('However little room for files there is, the pool loses none of it to gateways that it cannot start', async () => {
  const { counts, last } = await startInFullProcess('pool')
  expect(counts).toEqual(counts.map(() => counts[0]))
  expect(last).toBe('alive')
})

test('A gateway that could not be started can be ended: no signal goes to anybody else', async () => {
  expect(await startInFullProcess('child')).toMatchObject({ last: 'alive' })
})

test('A keychain that there were no files to ask is told as a fault of it, and nobody is killed', async () => {
  const { last } = await startInFullProcess('keychain')
  expect(last).toMatch(/^The keychain cannot be used: /)
})
