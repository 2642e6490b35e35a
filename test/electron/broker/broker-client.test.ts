import { mkdirSync } from 'node:fs'
import { createServer, type Socket } from 'node:net'
import { dirname } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { connectBroker } from '../../../electron/broker/broker-client.ts'
import { brokerAddress } from '../../../electron/broker/home.ts'
import { newHome } from '../../support/broker/broker-process.ts'
import { until } from '../../support/broker/until.ts'

const REFUSED = { kosmo: 'refused', code: 'version_mismatch', message: 'This is another version.' }

test.each([
  ['refuses', JSON.stringify(REFUSED), REFUSED.message],
  ['is no broker', 'HTTP/1.1 400 Bad Request', /is not a KosmoKrator broker/],
])('What %s is told of, and the connection to it does not stay', async (_, answer, message) => {
  const variables = { KOSMO_HOME: newHome() }
  const address = brokerAddress(variables, process.platform)
  mkdirSync(dirname(address), { recursive: true })
  const open = new Set<Socket>()
  const server = createServer(socket => {
    open.add(socket)
    socket.once('close', () => open.delete(socket)).on('error', () => undefined)
    socket.resume().write(`${answer}\n`)
  })
  await new Promise<void>(listening => server.listen(address, listening))
  onTestFinished(() => {
    for (const socket of open) socket.destroy()
    server.close()
  })
  await expect(connectBroker({ variables, interactive: false })).rejects.toThrow(message)
  await until('the connection is gone', () => open.size === 0)
})
