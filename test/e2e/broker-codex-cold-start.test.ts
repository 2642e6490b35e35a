import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type BrokerProcess, startBrokerProcess } from '../support/broker/broker-process.ts'
import { until } from '../support/broker/until.ts'
import { type AppServer, startAppServer } from '../support/codex/app-server.ts'
import type { ServerEntry } from '../support/codex/codex-config.ts'
import { installCodex } from '../support/codex/install.ts'
import { kosmoEntry, ourTools, tool } from '../support/codex/kosmo-entry.ts'
import { runExec } from '../support/codex/run-exec.ts'
import { openTown, type Town } from './town.ts'

const TIMES = 10

describe('a cold start of codex exec through a broker, without required = true', () => {
  let town: Town

  beforeAll(async () => {
    await installCodex()
    town = await openTown()
  }, 600_000)
  afterAll(() => town?.close())

  function entryFor({ home }: BrokerProcess): ServerEntry {
    const entry = kosmoEntry('deny', town.account)
    return { ...entry, env: { ...entry.env, KOSMO_HOME: home } }
  }

  async function toolsOffered(server: ServerEntry): Promise<number[]> {
    const offered: number[] = []
    for (let run = 0; run < TIMES; run++) {
      const { toolsSeen, leftovers } = await runExec({ server, prompt: 'hello' })
      expect(leftovers).toEqual([])
      offered.push(ourTools(toolsSeen).length)
    }
    return offered
  }

  it(`has our tools in its first question to the model ${TIMES} times of ${TIMES}`, async () => {
    const broker = await startBrokerProcess()
    expect(await toolsOffered(entryFor(broker))).toEqual(Array(TIMES).fill(6))
    await until('only the spare is left', () => broker.gateways().length === 1)
  }, 120_000)

  it('has them while the broker stands still, which then has nobody left over', async () => {
    const broker = await startBrokerProcess()
    broker.signal('SIGSTOP')
    expect(await toolsOffered(entryFor(broker))).toEqual(Array(TIMES).fill(6))
    broker.signal('SIGCONT')
    const person = await broker.terminal()
    await until('no client is left', async () => (await person.broker.clients({})).length === 0)
    await until('only the spare is left', () => broker.gateways().length === 1)
  }, 120_000)

  it('says that the broker does not answer, and goes on once it does', async () => {
    const broker = await startBrokerProcess()
    broker.signal('SIGSTOP')
    let codex: AppServer | undefined
    try {
      codex = await startAppServer({ server: entryFor(broker) })
      expect(await codex.serverStatus()).toMatchObject([{ tools: { length: 6 } }])
      const read = { channel_id: '~town-square' }
      expect(await codex.callTool(tool('list_posts'), read)).toMatchObject({
        isError: true,
        content: [{ text: expect.stringMatching(/^ERROR: .*broker did not answer.*\[unreachable\]$/s) }],
      })
      broker.signal('SIGCONT')
      const answer = await codex.callTool(tool('list_posts'), read)
      expect(JSON.stringify(answer)).toContain(town.said[0]?.message)
      expect(answer).not.toHaveProperty('isError', true)
    } finally {
      expect(await codex?.close()).toEqual([])
    }
    await until('only the spare is left', () => broker.gateways().length === 1)
  })

  it('lists its tools while the broker it knows stands still, and gets its answer once it goes on', async () => {
    const broker = await startBrokerProcess()
    const codex = await startAppServer({ server: entryFor(broker) })
    try {
      const read = { channel_id: '~town-square' }
      expect(await codex.callTool(tool('list_posts'), read)).not.toHaveProperty('isError', true)
      broker.signal('SIGSTOP')
      expect(await codex.serverStatus()).toMatchObject([{ tools: { length: 6 } }])
      const answer = codex.callTool(tool('list_posts'), read)
      broker.signal('SIGCONT')
      expect(await answer).not.toHaveProperty('isError', true)
    } finally {
      expect(await codex.close()).toEqual([])
    }
  })
})
