import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { version } from '../../../package.json'
import { accountMethods } from '../../../shared/protocol/account-methods.ts'
import { activityMethods } from '../../../shared/protocol/activity-methods.ts'
import { MAX_FRAME_BYTES } from '../../../shared/protocol/version.ts'
import {
  type BrokerProcess,
  clientVariables,
  newHome,
  startBrokerProcess,
  startClient,
} from '../../support/broker/broker-process.ts'
import { openFiles } from '../../support/broker/proc.ts'
import { clientHello, openRawSocket, terminalHello } from '../../support/broker/raw-socket.ts'
import { until } from '../../support/broker/until.ts'
import { type RawClient, startRaw } from '../../support/mcp/raw-client.ts'
import { resultText } from '../../support/mcp/rpc-line.ts'
import { openTown } from '../../support/mcp/town.ts'

const GARBAGE = Buffer.alloc(64 * 1024, 'garbage without an end ')
const NOT_OURS = 'This is a KosmoKrator broker; what was sent to it is not its protocol.'

/** A broker with a client that must not notice anything, and a terminal that stays. */
async function house(
  settings: object = {},
): Promise<{ broker: BrokerProcess; bystander: RawClient; holds(): Promise<void> }> {
  const town = await openTown()
  const home = newHome()
  writeFileSync(join(home, 'settings.json'), JSON.stringify(settings))
  const broker = await startBrokerProcess({ home })
  const bystander = await startClient(broker, town.account)
  expect(resultText(await bystander.callTool('list_teams'))).toContain('engineering')
  const terminal = await broker.terminal()
  const { session } = (await terminal.broker.clients({}))[0] ?? {}
  return {
    broker,
    bystander,
    /** The same client over the same connection, and nothing of the others is left. */
    async holds() {
      expect(resultText(await bystander.callTool('list_teams'))).toContain('engineering')
      // The terminal's; that of the client is its gateway's.
      await until('their sockets are gone', () => openFiles(broker.pid).connected === 1)
      const clients = await terminal.broker.clients({})
      expect(clients.map(client => client.session)).toEqual([session])
      expect(broker.stderr()).toBe('')
    },
  }
}

const firstLines: [string, string, string | undefined][] = [
  ['no JSON', 'GET / HTTP/1.1\r', NOT_OURS],
  ['an empty line', '', NOT_OURS],
  ['a list', '[]', NOT_OURS],
  ['null', 'null', NOT_OURS],
  ['MCP itself', '{"jsonrpc":"2.0","id":1,"method":"initialize"}', NOT_OURS],
  ['an unknown kind', JSON.stringify(terminalHello({ as: 'window' })), NOT_OURS],
  ['more than a hello has', JSON.stringify(terminalHello({ token: 'x' })), NOT_OURS],
  ['a member too few', JSON.stringify(terminalHello({ interactive: undefined })), NOT_OURS],
  ['a negative process', JSON.stringify(clientHello({ pid: -1 })), NOT_OURS],
  ['a policy that there is not', JSON.stringify(clientHello({ options: { write: 'all' } })), NOT_OURS],
  ['a protocol that is a text', JSON.stringify(terminalHello({ protocol: '1' })), NOT_OURS],
  ['a prototype', '{"__proto__":{"kosmo":"hello"},"constructor":1}', NOT_OURS],
  ['deep nesting', `${'['.repeat(100_000)}${']'.repeat(100_000)}`, NOT_OURS],
  ['a megabyte', `{"kosmo":"${'x'.repeat(1024 * 1024)}"}`, undefined],
]

describe('What comes before the welcome', () => {
  test('Every hello that is none is refused with a sentence, or dropped, and nothing is left of it', async () => {
    const { broker, holds } = await house()
    for (const [what, line, sentence] of firstLines) {
      const socket = await openRawSocket(broker.address)
      // More behind it, as a program sends that does not wait for an answer.
      socket.write(`${line}\n{"t":"q","i":"1","m":"stop","a":[{}]}\n`)
      await socket.closed
      const refused = { kosmo: 'refused', code: 'bad_hello', message: sentence }
      const expected = sentence === undefined ? [] : [refused]
      expect(
        socket.lines.map(text => JSON.parse(text) as unknown),
        what,
      ).toEqual(expected)
    }
    await holds()
  })

  test('One that is refused and does not go is let go of', async () => {
    const { broker, holds } = await house()
    const sockets = await Promise.all(Array.from({ length: 10 }, () => openRawSocket(broker.address)))
    for (const socket of sockets) socket.write(`nonsense\n${'x'.repeat(200_000)}`)
    await Promise.all(sockets.map(socket => socket.closed))
    await holds()
  })

  test('Without a hello the connection ends after a while; half a hello is none', async () => {
    const { broker, holds } = await house()
    const silent = await openRawSocket(broker.address)
    const slow = await openRawSocket(broker.address)
    slow.write('{"kosmo":"hello","proto')
    await Promise.all([silent.closed, slow.closed])
    expect([silent.lines, slow.lines]).toEqual([[], []])
    await holds()
  })

  test('Garbage without a line feed ends at a limit', async () => {
    const { broker, holds } = await house()
    const socket = await openRawSocket(broker.address)
    expect(await socket.flood(GARBAGE)).toBeLessThan(4 * 1024 * 1024)
    expect(socket.lines).toEqual([])
    await holds()
  })

  test.each(['terminal', 'client'])('A %s of another protocol is told both versions', async as => {
    const { broker, holds } = await house()
    for (const [theirs, said] of [
      ['9.9.9', '9.9.9'],
      [undefined, 'protocol 999'],
    ]) {
      const socket = await openRawSocket(broker.address)
      // Of another protocol nothing else needs to be as it is here.
      socket.send({ kosmo: 'hello', protocol: 999, version: theirs, as, more: [1] })
      await socket.closed
      expect(socket.lines).toHaveLength(1)
      const refused = JSON.parse(socket.lines[0] ?? '') as Record<string, unknown>
      expect(refused).toMatchObject({ kosmo: 'refused', code: 'version_mismatch' })
      expect(refused.message).toContain(`is version ${version} and this client was started with ${said}:`)
    }
    await holds()
  })
})

describe('What comes from a terminal', () => {
  const frames: [string, string][] = [
    ['no JSON', 'nonsense'],
    ['an empty line', ''],
    ['a list', '[]'],
    ['an unknown kind', '{"t":"x","i":"1"}'],
    ['a member too many', '{"t":"q","i":"1","m":"status","a":[{}],"o":true}'],
    ['an unknown method', '{"t":"q","i":"1","m":"postAnything","a":[{}]}'],
    ['a method of gateways', '{"t":"q","i":"1","m":"account","a":[{"integration":"mattermost"}]}'],
    ['constructor', '{"t":"q","i":"1","m":"constructor","a":[{}]}'],
    ['__proto__', '{"t":"q","i":"1","m":"__proto__","a":[{}]}'],
    ['other values', '{"t":"q","i":"1","m":"setCeiling","a":[{"policy":"everything"}]}'],
    ['no values', '{"t":"q","i":"1","m":"status","a":[]}'],
    ['a value too many', '{"t":"q","i":"1","m":"status","a":[{"__proto__":{},"x":1}]}'],
  ]

  test('Every frame that is none ends that connection only', async () => {
    const { broker, holds } = await house()
    for (const [what, frame] of frames) {
      const socket = await openRawSocket(broker.address)
      socket.send(terminalHello())
      await socket.line(({ kosmo }) => kosmo === 'welcome')
      socket.write(`${frame}\n{"t":"q","i":"2","m":"stop","a":[{}]}\n`)
      await socket.closed
      expect(socket.lines, what).toHaveLength(1)
    }
    await holds()
  })

  test('A frame of more than a megabyte ends it, with or without an end', async () => {
    const { broker, holds } = await house()
    for (const ending of ['', '"}\n']) {
      const socket = await openRawSocket(broker.address)
      socket.send(terminalHello())
      socket.write(`{"t":"${'x'.repeat(MAX_FRAME_BYTES)}${ending}`)
      await socket.closed
      expect(socket.lines).toHaveLength(1)
    }
    await holds()
  })

  test('Answers to questions that nobody asked are passed over', async () => {
    const { broker, holds } = await house()
    const socket = await openRawSocket(broker.address)
    socket.send(terminalHello())
    for (const i of ['nobody', '__proto__', 'constructor']) socket.send({ t: 's', i, r: null })
    socket.send({ t: 'q', i: '1', m: 'status', a: [{}] })
    expect(await socket.line(({ i }) => i === '1')).toMatchObject({ t: 's', r: { clients: 1 } })
    socket.close()
    await holds()
  })

  test('Without a person at it, it is refused what only a person may do, and stays', async () => {
    const { broker, holds } = await house()
    const terminal = await broker.terminal({ interactive: false })
    const answer = { kind: 'approve', span: 'always', reach: 'all' } as const
    const refusals = [
      terminal.broker.answer({ id: 'x', answer }),
      terminal.broker.extend({ id: 'x' }),
      terminal.broker.reportShown({ ids: ['x'] }),
      terminal.broker.setCeiling({ policy: 'allow' }),
      terminal.broker.setOverride({ client: 'raw', workspace: '/tmp', policy: 'allow' }),
    ]
    for (const refusal of refusals) {
      await expect(refusal).rejects.toMatchObject({
        code: 'forbidden',
        message: expect.stringContaining('a real terminal with a person at it'),
      })
    }
    expect(await terminal.broker.status({})).toMatchObject({ ceiling: 'ask' })
    // To forbid is everybody's right.
    await terminal.broker.setCeiling({ policy: 'deny' })
    expect(await terminal.broker.status({})).toMatchObject({ ceiling: 'deny' })
    terminal.close()
    await terminal.closed
    await holds()
  })

  test('A terminal, even a person’s, gets nothing of what is for the windows', async () => {
    const { broker, holds } = await house()
    const socket = await openRawSocket(broker.address)
    socket.send(terminalHello())
    // Of those a person's terminal may call one, to lift what holds an Allow back.
    const names = Object.keys({ ...accountMethods, ...activityMethods }).filter(m => m !== 'setPermission')
    for (const m of names) socket.send({ t: 'q', i: m, m, a: [{}] })
    for (const m of names) {
      expect(await socket.line(({ i }) => i === m)).toMatchObject({
        e: { code: 'forbidden', message: `${m} cannot be called from here (terminal).` },
      })
    }
    socket.close()
    await holds()
  })

  test('One that asks and never reads is let go of before it fills the memory', async () => {
    // Answers of half a megabyte, so that a few are enough.
    const overrides = Array.from({ length: 120 }, (_, n) => ({
      client: `nobody ${n}`,
      workspace: 'x'.repeat(4_000),
      policy: 'deny',
    }))
    const { broker, holds } = await house({ overrides })
    const socket = await openRawSocket(broker.address)
    socket.pause()
    socket.send(terminalHello())
    const asked = `${JSON.stringify({ t: 'q', i: '1', m: 'policy', a: [{}] })}\n`
    await socket.flood(Buffer.from(asked.repeat(10)))
    await holds()
  })
})

describe('What comes from a client', () => {
  test.each([
    ['no JSON', 'nonsense\n'],
    ['a list', '[]\n'],
    ['a line without an end', GARBAGE],
  ])('%s ends that client only', async (_, bytes) => {
    const { broker, holds } = await house()
    const socket = await openRawSocket(broker.address)
    socket.send(clientHello())
    await socket.line(({ kosmo }) => kosmo === 'welcome')
    if (typeof bytes === 'string') socket.write(bytes)
    else await socket.flood(bytes)
    await socket.closed
    await holds()
  })
})

describe('A bridge of another version', () => {
  let program: string | undefined
  beforeEach(() => {
    program = process.env.KOSMO_TEST_CLI
  })
  afterEach(() => {
    if (program === undefined) delete process.env.KOSMO_TEST_CLI
    else process.env.KOSMO_TEST_CLI = program
  })

  test('tells its client so in the answer to a call', async () => {
    const { broker, holds } = await house()
    const { patchedProgram } = await import('../../support/broker/patched-program.ts')
    process.env.KOSMO_TEST_CLI = patchedProgram(text => text.replace(/\bprotocol: ?1\b/, 'protocol: 999'))
    const account = { url: 'http://127.0.0.1:9', token: 'n3v3rsh0wth1st0k3nanywh3r3' }
    const client = startRaw({ env: clientVariables(broker.home, account) })
    onTestFinished(() => client.finish())
    await client.handshake()
    const text = resultText(await client.callTool('list_teams'))
    expect(text).toMatch(
      /^ERROR: The KosmoKrator broker that runs is version .* they do not understand each other/,
    )
    expect(text).toContain(`this client was started with ${version}`)
    await client.finish()
    await holds()
  })
})
