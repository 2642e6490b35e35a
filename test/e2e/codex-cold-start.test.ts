import { createServer, type Server } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freePort } from '../support/clients/free-port.ts'
import { installCodex } from '../support/codex/install.ts'
import { kosmoEntry, ourTools } from '../support/codex/kosmo-entry.ts'
import { runExec } from '../support/codex/run-exec.ts'
import { openTown, type Town } from './town.ts'

describe('a cold start of codex exec, without required = true', () => {
  let town: Town
  let silent: Server
  const silentPort = Promise.withResolvers<number>()

  beforeAll(async () => {
    await installCodex()
    town = await openTown()
    // Takes connections and never says a word, as a hung server or a bad firewall does.
    silent = createServer().listen(0, '127.0.0.1', () => {
      const address = silent.address()
      if (address && typeof address === 'object') silentPort.resolve(address.port)
    })
  }, 600_000)

  afterAll(async () => {
    silent?.close()
    await town?.close()
  })

  it.each([
    ['is up', 12, () => town.account],
    ['is down', 4, async () => ({ ...town.account, url: `http://127.0.0.1:${await freePort()}` })],
    ['is silent', 4, async () => ({ ...town.account, url: `http://127.0.0.1:${await silentPort.promise}` })],
  ] as const)(
    'has our tools in its first question to the model each time while Mattermost %s',
    async (_, times, account) => {
      const offered: number[] = []
      for (let run = 0; run < times; run++) {
        const { toolsSeen } = await runExec({ server: kosmoEntry('deny', await account()), prompt: 'hello' })
        offered.push(ourTools(toolsSeen).length)
      }
      expect(offered).toEqual(Array(times).fill(6))
    },
    120_000,
  )
})
