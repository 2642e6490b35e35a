import { expect, it } from 'vitest'
import { startDesktopApp } from '../support/app/desktop-app.ts'
import { startBrokerProcess } from '../support/broker/broker-process.ts'
import { isRunning } from '../support/broker/proc.ts'

const TAKE_OVER = { response: 0 }
const QUIT = { response: 1 }

it('where another broker runs the person says which one stays', async () => {
  const broker = await startBrokerProcess()
  const { home } = broker
  const first = await startDesktopApp({ home, waits: false })
  await first.control.answerDialog('showMessageBox', QUIT)
  expect(await first.ended).toBe(0)
  expect(isRunning(broker.pid)).toBe(true)
  const terminal = await broker.terminal()
  expect(await terminal.broker.status({})).toMatchObject({ pid: broker.pid })

  const second = await startDesktopApp({ home, waits: false })
  await second.control.answerDialog('showMessageBox', TAKE_OVER)
  expect(await broker.exit).toMatchObject({ code: 0 })
  const settings = await second.settingsWindow()
  expect(await settings.value('status')).toMatchObject({ pid: second.pid })
  const [asked] = await second.control.calls()
  expect(JSON.stringify(asked?.args)).toContain(`It is process ${broker.pid}`)
})
