import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { connectBroker } from '../../../electron/broker/broker-client.ts'
import {
  type BrokerProcess,
  listens,
  newHome,
  spawnBroker,
  startBrokerProcess,
} from '../../support/broker/broker-process.ts'
import { isRunning } from '../../support/broker/proc.ts'
import { until } from '../../support/broker/until.ts'
import { builtProgram } from '../../support/mcp/program.ts'

/** The process of the broker that answers at a home; undefined where none does. */
async function answering(home: string): Promise<number | undefined> {
  const client = await connectBroker({ variables: { KOSMO_HOME: home }, interactive: false })
  client?.close()
  return client?.welcome.pid
}

/** A broker that must not start: its exit code and what it says. */
async function refused(broker: BrokerProcess): Promise<{ code: number | null; said: string }> {
  const { code } = await broker.exit
  await until('it has said why', () => broker.stderr().endsWith('\n'))
  expect(broker.stdout()).toBe('')
  return { code, said: broker.stderr().trimEnd() }
}

test('A second broker ends with code 1 and one sentence, and the first goes on', async () => {
  const first = await startBrokerProcess()
  const { code, said } = await refused(spawnBroker({ home: first.home }))
  expect(code).toBe(1)
  expect(said).toBe(
    `kosmo: A KosmoKrator broker runs already (${first.address}). Use that one, or end it with kosmo broker stop.`,
  )
  expect(await answering(first.home)).toBe(first.pid)
})

test('The socket of a broker that was killed is taken over', async () => {
  const first = await startBrokerProcess()
  await first.kill()
  expect(existsSync(first.address)).toBe(true)
  const second = await startBrokerProcess({ home: first.home })
  expect(await answering(first.home)).toBe(second.pid)
})

test('Of two, three or five that start at once over a stale socket exactly one stays', async () => {
  await Promise.all([2, 3, 5].map(startAtOnce))
})

async function startAtOnce(count: number): Promise<void> {
  const dead = await startBrokerProcess()
  await dead.kill()
  const brokers = Array.from({ length: count }, () => spawnBroker({ home: dead.home }))
  const running = () => brokers.filter(broker => isRunning(broker.pid))
  await until('all but one end', () => running().length <= 1)
  // It looks at its socket every two seconds: by then it would have ended too.
  const [winner] = running()
  if (winner === undefined) throw new Error(`all ended: ${brokers.map(broker => broker.stderr()).join()}`)
  await listens(winner)
  const looked = performance.now() + 2_500
  await until('it has looked again', () => performance.now() > looked || !isRunning(winner.pid))
  expect(running()).toEqual([winner])
  expect(await answering(dead.home)).toBe(winner.pid)
  for (const loser of brokers.filter(broker => broker !== winner)) {
    // One that ran for a moment before it was replaced has ended as one that was stopped.
    const { code } = await loser.exit
    const said = loser.stderr().trimEnd()
    if (code === 1)
      expect(said).toBe(
        `kosmo: A KosmoKrator broker runs already (${dead.address}). Use that one, or end it with kosmo broker stop.`,
      )
    else expect({ code, said }).toEqual({ code: 0, said: expect.stringContaining('this one ends') })
  }
  winner.signal('SIGTERM')
  await winner.exit
  expect(readdirSync(join(dead.home, 'run'))).toEqual([])
}

test('A broker whose socket is replaced ends and leaves the new one alone', async () => {
  const first = await startBrokerProcess()
  rmSync(first.address)
  // Nobody listens there, so a second one starts before the first has looked.
  const second = await startBrokerProcess({ home: first.home })
  expect(await first.exit).toEqual({ code: 0, signal: null })
  expect(first.stderr()).toContain('another broker has taken the socket')
  expect(await answering(first.home)).toBe(second.pid)
})

test('A broker whose queue is full still counts as one', async () => {
  const first = await startBrokerProcess()
  first.signal('SIGSTOP')
  onTestFinished(() => first.signal('SIGCONT'))
  const sockets: Socket[] = []
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
  })
  let full = false
  while (!full) {
    const socket = connect(first.address)
    sockets.push(socket)
    full = await new Promise<boolean>(resolve => {
      socket.once('connect', () => resolve(false)).once('error', () => resolve(true))
    })
  }
  const { ino } = statSync(first.address)
  const { code, said } = await refused(spawnBroker({ home: first.home }))
  expect({ code, said }).toEqual({
    code: 1,
    said: `kosmo: A KosmoKrator broker runs already (${first.address}). Use that one, or end it with kosmo broker stop.`,
  })
  expect(statSync(first.address).ino).toBe(ino)
})

test('A file in the place of the socket is refused and kept', async () => {
  const home = newHome()
  mkdirSync(join(home, 'run'))
  const address = join(home, 'run', 'broker.sock')
  writeFileSync(address, 'mine')
  const { code, said } = await refused(spawnBroker({ home }))
  expect({ code, said }).toEqual({
    code: 1,
    said: `kosmo: ${address} is there and is no socket. Move it away.`,
  })
  expect(statSync(address).size).toBe(4)
})

test('A folder in the place of the socket is refused too', async () => {
  const home = newHome()
  const address = join(home, 'run', 'broker.sock')
  mkdirSync(address, { recursive: true })
  const { code, said } = await refused(spawnBroker({ home }))
  expect({ code, said }).toEqual({
    code: 1,
    said: `kosmo: ${address} is there and is no socket. Move it away.`,
  })
})

test('A home that is a file is refused with a sentence', async () => {
  const home = join(newHome(), 'file')
  writeFileSync(home, '')
  const { code, said } = await refused(spawnBroker({ home }))
  expect(code).toBe(1)
  expect(said).toMatch(/^kosmo: The folder \S+ cannot be made or used \(ENOTDIR\)\. .*KOSMO_HOME\.$/)
})

test('A broker whose socket is removed ends, and its gateways with it', async () => {
  const broker = await startBrokerProcess()
  const gateways = await until('the spare', () => broker.gateways().length === 1 && broker.gateways())
  rmSync(broker.address)
  expect(await broker.exit).toEqual({ code: 0, signal: null })
  expect(broker.stderr()).toContain('or it was removed: this one ends')
  expect(gateways.filter(isRunning)).toEqual([])
})

test('The longest path that a socket can have works; one byte more is told', async () => {
  const base = newHome()
  const rest = '/run/broker.sock'
  const longest = join(base, 'x'.repeat(103 - base.length - 1 - rest.length))
  expect((longest + rest).length).toBe(103)
  const broker = await startBrokerProcess({ home: longest })
  expect(await answering(longest)).toBe(broker.pid)
  const { code, said } = await refused(spawnBroker({ home: `${longest}x` }))
  expect(code).toBe(1)
  expect(said).toMatch(/^kosmo: .* 104 bytes and the system takes 103\. Set KOSMO_HOME to a shorter folder/)
  expect(existsSync(`${longest}x`)).toBe(false)
})

test('kosmo broker stop ends it, and says so where none runs', async () => {
  const broker = await startBrokerProcess()
  const gateways = await until('the spare', () => broker.gateways().length === 1 && broker.gateways())
  expect(await stop(broker.home)).toEqual({ code: 0, said: 'The broker has ended.\n' })
  expect(await broker.exit).toEqual({ code: 0, signal: null })
  expect(gateways.filter(isRunning)).toEqual([])
  expect(readdirSync(join(broker.home, 'run'))).toEqual([])
  expect(await stop(broker.home)).toEqual({ code: 3, said: 'kosmo: no broker runs.\n' })
})

test.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)('%s leaves no process and no socket', async signal => {
  const broker = await startBrokerProcess()
  const gateways = await until('the spare', () => broker.gateways().length === 1 && broker.gateways())
  broker.signal(signal)
  expect(await broker.exit).toEqual({ code: 0, signal: null })
  expect(broker.stderr()).toBe('')
  expect(gateways.filter(isRunning)).toEqual([])
  expect(readdirSync(join(broker.home, 'run'))).toEqual([])
})

function stop(home: string): Promise<{ code: number; said: string }> {
  const options = { env: { PATH: '/usr/bin:/bin', HOME: home, KOSMO_HOME: home }, timeout: 20_000 }
  return new Promise(resolve => {
    execFile(process.execPath, [builtProgram(), 'broker', 'stop'], options, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : -1
      resolve({ code, said: stdout + stderr })
    })
  })
}
