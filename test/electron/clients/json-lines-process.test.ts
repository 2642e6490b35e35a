import { homedir } from 'node:os'
import { onTestFinished, test } from 'vitest'
import { startJsonLines } from '../../../electron/clients/json-lines-process.ts'
import { isRunning } from '../../support/broker/proc.ts'

test('What a killed process has started does not hold its end up', async () => {
  let grandchild = 0
  onTestFinished(() => {
    if (grandchild !== 0 && isRunning(grandchild)) process.kill(grandchild, 'SIGKILL')
  })
  const told = Promise.withResolvers<void>()
  const child = startJsonLines({
    command: '/bin/sh',
    args: ['-c', 'sleep 300 & echo "{\\"method\\":\\"started\\",\\"params\\":$!}"; wait'],
    env: { PATH: '/usr/bin:/bin' },
    cwd: homedir(),
    envelope: {},
    withinMs: 10_000,
    onNotification(_, pid) {
      grandchild = Number(pid)
      told.resolve()
    },
  })
  await told.promise
  await child.end()
})
