import { expect, onTestFinished, test } from 'vitest'
import { cliDoctorSystem } from '../../../../electron/cli/client-settings/cli-doctor-system.ts'
import { tellBroker } from '../../../../electron/cli/configure/tell-broker.ts'
import { KosmoError } from '../../../../shared/errors.ts'
import { until } from '../../../support/broker/until.ts'
import { capturedIo } from '../../../support/terminal/captured-io.ts'
import { startFakeBroker } from '../../../support/terminal/fake-broker.ts'

const refuse = () => Promise.reject(new KosmoError('internal', 'The audit log cannot be written.'))

async function open() {
  const broker = await startFakeBroker()
  onTestFinished(() => broker.close())
  return broker
}

test('A broker that refuses to be told keeps no command from ending', async () => {
  const broker = await open()
  broker.handlers.integrationChanged = refuse
  await expect(tellBroker({ KOSMO_HOME: broker.home })('mattermost')).rejects.toThrow('audit log')
  await until('the connection is gone', () => broker.connections() === 0)
})

test('A broker that does not say how it is keeps no doctor from ending', async () => {
  const broker = await open()
  broker.handlers.status = refuse
  await expect(cliDoctorSystem(capturedIo(broker.home)).broker()).rejects.toThrow('audit log')
  await until('the connection is gone', () => broker.connections() === 0)
})
