import { expect, test } from 'vitest'
import {
  type Account,
  type BrokerProcess,
  clientVariables,
  showEverything,
  startBrokerProcess,
} from '../../support/broker/broker-process.ts'
import { type Dice, dice } from '../../support/broker/dice.ts'
import { openFiles, ownMemory, residentMemory } from '../../support/broker/proc.ts'
import { until } from '../../support/broker/until.ts'
import { RawClient } from '../../support/mcp/raw-client.ts'
import { openTown } from '../../support/mcp/town.ts'

const CLIENTS = 200
const AT_ONCE = 20
const LONGEST_LIFE_MS = 1_500

/** What a client does until it is killed. Each begins the next thing when the one before is answered, or earlier. */
async function live(client: RawClient, random: Dice): Promise<void> {
  if (random.roll(12) === 0) return
  if (random.roll(12) === 0) {
    client.write('{"jsonrpc":"2.0","id":1,"method":"initia')
    return
  }
  await client.handshake()
  for (;;) {
    const call = ['list_channels', 'list_posts', 'create_post', 'get_current_user'][random.roll(4)] ?? ''
    const channel = { channel_id: '~town-square' }
    const values = {
      create_post: { ...channel, message: `from ${client.pid}, ${random.roll(1e9)}` },
      list_posts: channel,
    }
    const args = Object.entries(values).find(([name]) => name === call)?.[1] ?? {}
    // Nobody answers a write.
    if (call === 'create_post' || random.roll(3) === 0) client.sendCall(call, args)
    else await client.callTool(call, args)
  }
}

/** Starts a client and kills it at a random moment: a moment in time, or when it has been answered so often. */
async function dieAnyhow(broker: BrokerProcess, account: Account, random: Dice): Promise<void> {
  const client = new RawClient({ account, env: clientVariables(broker.home, account), write: 'ask' })
  const lived = live(client, random).catch(() => undefined)
  if (random.roll(2) === 0) {
    const atAnswers = random.roll(6)
    // One that never says a whole word is not answered.
    await Promise.race([until('enough answers', () => client.received.length > atAnswers), lived])
  } else {
    await new Promise(resolve => setTimeout(resolve, random.roll(LONGEST_LIFE_MS)))
  }
  await client.finish()
}

test('200 clients that are killed at random moments leave nothing behind', async () => {
  const seed = Number(process.env.KOSMO_TEST_SEED ?? 20_261_122)
  const random = dice(seed)
  const town = await openTown()
  const broker = await startBrokerProcess()
  const terminal = await showEverything(broker)
  await until('the spare', () => broker.gateways().length === 1)
  const before = openFiles(broker.pid)
  const memoryBefore = residentMemory(broker.pid)
  const start = performance.now()

  let most = 0
  let asked = 0
  let left = CLIENTS
  const watch = setInterval(() => {
    most = Math.max(most, broker.gateways().length)
    const seen = terminal.broker.listApprovals({}).then(list => {
      asked = Math.max(asked, list.length)
    })
    seen.catch(() => undefined)
  }, 500)
  const lane = async (): Promise<void> => {
    while (left-- > 0) await dieAnyhow(broker, town.account, dice(random.roll(2 ** 31)))
  }
  await Promise.all(Array.from({ length: AT_ONCE }, lane)).finally(() => clearInterval(watch))
  const seconds = Math.round((performance.now() - start) / 1_000)

  const { broker: remote } = terminal
  await until('the clients are gone', async () => (await remote.clients({})).length === 0)
  await until('their gateways are gone', () => broker.gateways().length === 1)
  await until('their sockets are gone', () => openFiles(broker.pid).connected === 1)
  expect(await remote.listApprovals({})).toEqual([])
  expect(await remote.status({})).toMatchObject({ clients: 0, pending: 0, problems: [] })
  terminal.close()
  await until('only the listening socket is left', () => openFiles(broker.pid).connected === 0)
  const after = openFiles(broker.pid)
  expect(after.listening).toBe(1)
  expect(after.all, 'file descriptors').toBe(before.all - 1)
  expect(town.posted()).toEqual([])
  expect(town.writes()).toEqual([])
  // They did live.
  expect(town.mattermost.requests.length).toBeGreaterThan(CLIENTS)
  const [spare = 0] = broker.gateways()
  const memory = `broker ${memoryBefore} MB, then ${residentMemory(broker.pid)} MB; a spare ${ownMemory(spare)} MB of its own`
  process.stderr.write(`seed ${seed}: ${CLIENTS} clients in ${seconds} s, at most ${most} gateways, `)
  process.stderr.write(`${asked} asked at once; ${memory}\n`)
}, 400_000)
