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

/** Twenty programs that start at once take their time where others want the processor too. */
const PATIENCE_MS = 120_000

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
async function dieAnyhow(broker: BrokerProcess, account: Account, random: Dice): Promise<RawClient> {
  const client = startOne(broker, account)
  const lived = live(client, random).catch(() => undefined)
  if (random.roll(2) === 0) {
    const atAnswers = random.roll(6)
    // One that never says a whole word is not answered.
    await Promise.race([
      until('enough answers', () => client.received.length > atAnswers, PATIENCE_MS),
      lived,
    ])
  } else {
    await new Promise(resolve => setTimeout(resolve, random.roll(LONGEST_LIFE_MS)))
  }
  await client.finish()
  return client
}

/** Starts one that asks to post; nobody answers. */
async function askToPost(broker: BrokerProcess, account: Account): Promise<RawClient> {
  const client = startOne(broker, account)
  await client.handshake()
  client.sendCall('create_post', { channel_id: '~town-square', message: `from ${client.pid}` })
  return client
}

function startOne({ home }: BrokerProcess, account: Account): RawClient {
  return new RawClient({ account, env: clientVariables(home, account), write: 'ask' })
}

test('200 clients that are killed at random moments leave nothing behind', async () => {
  const seed = Number(process.env.KOSMO_TEST_SEED ?? 20_261_122)
  const random = dice(seed)
  const town = await openTown()
  const broker = await startBrokerProcess()
  const terminal = await showEverything(broker)
  const { broker: remote } = terminal
  await until('the spare', () => broker.gateways().length === 1)
  const before = openFiles(broker.pid)
  const memoryBefore = residentMemory(broker.pid)
  const start = performance.now()

  // First as many as there ever are, all of them waiting for the person.
  const waiting = await Promise.all(Array.from({ length: AT_ONCE }, () => askToPost(broker, town.account)))
  await until('all wait', async () => (await remote.listApprovals({})).length === AT_ONCE, PATIENCE_MS)
  expect(broker.gateways().length).toBeGreaterThanOrEqual(AT_ONCE)
  await Promise.all(waiting.map(client => client.finish()))

  let left = CLIENTS - AT_ONCE
  let answered = 0
  const lane = async (): Promise<void> => {
    while (left-- > 0) {
      const { received } = await dieAnyhow(broker, town.account, dice(random.roll(2 ** 31)))
      if (received.filter(({ result }) => result?.content !== undefined).length > 0) answered++
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, lane))
  const seconds = Math.round((performance.now() - start) / 1_000)

  await until('the clients are gone', async () => (await remote.clients({})).length === 0)
  await until('their gateways are gone', () => broker.gateways().length === 1)
  await until('their sockets are gone', () => openFiles(broker.pid).connected === 1)
  expect(await remote.listApprovals({})).toEqual([])
  expect(await remote.status({})).toMatchObject({ clients: 0, pending: 0, problems: [] })
  terminal.close()
  await until('only the listening socket is left', () => openFiles(broker.pid).connected === 0)
  expect(openFiles(broker.pid).listening).toBe(1)
  // At most: the broker may have been writing its audit when it was looked at first.
  await until('no file is lost', () => openFiles(broker.pid).all < before.all)
  expect(town.posted()).toEqual([])
  expect(town.writes()).toEqual([])
  // They did live: about as many wait for their first answers as are given a time to die.
  expect(answered).toBeGreaterThan(CLIENTS / 8)
  const [spare = 0] = broker.gateways()
  const memory = `broker ${memoryBefore} MB, then ${residentMemory(broker.pid)} MB; a spare ${ownMemory(spare)} MB of its own`
  process.stderr.write(
    `seed ${seed}: ${CLIENTS} clients in ${seconds} s, ${answered} of them answered; ${memory}\n`,
  )
}, 400_000)
