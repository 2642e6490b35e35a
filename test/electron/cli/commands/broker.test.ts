import { expect, onTestFinished, test, vi } from 'vitest'
import { brokerCommand } from '../../../../electron/cli/commands/broker.ts'
import { KosmoError } from '../../../../shared/errors.ts'
import { until } from '../../../support/broker/until.ts'
import { startFakeBroker } from '../../../support/terminal/fake-broker.ts'

test('A broker that refuses to end keeps the command that asked it from nothing', async () => {
  const broker = await startFakeBroker()
  onTestFinished(() => broker.close())
  vi.stubEnv('KOSMO_HOME', broker.home)
  onTestFinished(() => void vi.unstubAllEnvs())
  broker.handlers.stop = () => Promise.reject(new KosmoError('internal', 'A post is being sent.'))
  await expect(brokerCommand(['stop'])).rejects.toThrow('being sent')
  await until('the connection is gone', () => broker.connections() === 0)
})
