import { describe, expect, it } from 'vitest'
import { startRaw, startReady } from '../../../support/mcp/raw-client.ts'
import { resultText } from '../../../support/mcp/rpc-line.ts'
import { openSilentServer } from '../../../support/mcp/silent-server.ts'
import { openTown } from '../../../support/mcp/town.ts'

const clean = { code: 0, signal: null }

describe('the end of input ends the program', () => {
  it('before anything was said', async () => {
    const client = startRaw()
    client.endInput()
    expect(await client.exit).toEqual(clean)
    expect(client.stdout).toBe('')
  })

  it('after the handshake', async () => {
    const client = await startReady()
    client.endInput()
    expect(await client.exit).toEqual(clean)
  })

  it('with the gateway loaded and connected', async () => {
    const town = await openTown()
    const client = await startReady({ account: town.account })
    await client.callTool('get_current_user')
    client.endInput()
    expect(await client.exit).toEqual(clean)
  })

  it('in the middle of a message, which is not taken for one', async () => {
    const client = await startReady()
    client.child.stdin.end('{"jsonrpc":"2.0","id":9,"method":"ping"}')
    expect(await client.exit).toEqual(clean)
    expect(client.received.filter(({ id }) => id === 9)).toEqual([])
  })

  it('with a call in flight that never ends, and closes its connection', async () => {
    const server = await openSilentServer()
    const client = await startReady({ account: server.account })
    client.sendCall('get_current_user')
    await server.waiting(1)
    client.endInput()
    expect(await client.exit).toEqual(clean)
    await server.closed(1)
  })

  it('when the client closes all its ends at once', async () => {
    const client = await startReady()
    client.child.stdin.destroy()
    client.child.stdout.destroy()
    client.child.stderr.destroy()
    expect((await client.exit).signal).toBeNull()
  })
})

describe('what was asked right before the end of input', () => {
  it('is answered', async () => {
    const town = await openTown()
    const client = await startReady({ account: town.account })
    await client.callTool('list_teams')
    client.sendCall('get_current_user', {}, 'last')
    client.endInput()
    const answer = await client.reply('last')
    expect(resultText(answer)).toContain('username: alice')
    expect(await client.exit).toEqual(clean)
  })

  it('is answered although its server is slow', async () => {
    const town = await openTown()
    const client = await startReady({ account: town.account })
    await client.callTool('list_teams')
    town.mattermost.faults.push({ match: { path: /\/channels$/ }, fault: { kind: 'delay', ms: 400 } })
    client.sendCall('list_channels', {}, 'last')
    client.endInput()
    expect(await client.exit).toEqual(clean)
    expect(resultText(await client.reply('last'))).toContain('town-square')
  })

  it('is answered when it is a whole script in one write', async () => {
    const town = await openTown()
    const client = startRaw({ account: town.account })
    const params = {
      protocolVersion: '2025-06-18',
      capabilities: {},
      clientInfo: { name: 's', version: '1' },
    }
    client.send(
      { jsonrpc: '2.0', id: 1, method: 'initialize', params },
      { jsonrpc: '2.0', method: 'notifications/initialized' },
      { jsonrpc: '2.0', id: 2, method: 'tools/list' },
      { jsonrpc: '2.0', id: 3, method: 'tools/call', params: { name: 'nothing' } },
    )
    client.sendCall('list_teams', {}, 4)
    client.endInput()
    expect(await client.exit).toEqual(clean)
    expect(client.received.map(({ id }) => id)).toEqual([1, 2, 3, 4])
    expect(resultText(await client.reply(4))).toContain('engineering')
  })

  it('is answered whole when the answers are more than a pipe holds', async () => {
    const client = await startReady()
    const ids = Array.from({ length: 400 }, (_, id) => id)
    client.send(...ids.map(id => ({ jsonrpc: '2.0', id, method: 'tools/list' })))
    client.endInput()
    expect(await client.exit).toEqual(clean)
    expect(client.received.slice(1).map(({ id }) => id)).toEqual(ids)
    expect(client.stdout.endsWith('\n')).toBe(true)
  })

  it('is not posted while it waits for a person', async () => {
    const town = await openTown()
    const client = await startReady({
      account: town.account,
      write: 'ask',
      capabilities: { elicitation: {} },
    })
    client.sendCall('create_post', { channel_id: '~town-square', message: 'hello' }, 'post')
    await client.fromServer('elicitation/create')
    client.endInput()
    expect(await client.exit).toEqual(clean)
    expect(town.writes()).toEqual([])
  })

  it.each(['before the gateway is loaded', 'after a first call'])(
    'is not posted under allow either, and told so, %s: nobody is there to see it',
    async when => {
      const town = await openTown()
      for (;;) {
        const client = await startReady({ account: town.account, write: 'allow' })
        if (when === 'after a first call') await client.callTool('list_teams')
        client.sendCall('create_post', { channel_id: '~town-square', message: 'hello' }, 'post')
        client.endInput()
        expect(await client.exit).toEqual(clean)
        expect(town.writes()).toEqual([])
        // The last answers have a second, which may be too short where others take the processor.
        const answer = client.received.find(({ id }) => id === 'post')
        if (answer === undefined) continue
        expect(resultText(answer)).toMatch(/nothing was posted.*\[cancelled\]$/)
        break
      }
    },
  )
})

describe('signals end the program cleanly', () => {
  it.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)('%s when idle', async signal => {
    const client = await startReady()
    client.child.kill(signal)
    expect(await client.exit).toEqual(clean)
  })

  it.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)('%s with a call in flight', async signal => {
    const server = await openSilentServer()
    const client = await startReady({ account: server.account })
    client.sendCall('get_current_user')
    await server.waiting(1)
    client.child.kill(signal)
    expect(await client.exit).toEqual(clean)
    await server.closed(1)
  })

  it('SIGTERM right after the end of input', async () => {
    const server = await openSilentServer()
    const client = await startReady({ account: server.account })
    client.sendCall('get_current_user')
    await server.waiting(1)
    client.endInput()
    client.child.kill('SIGTERM')
    expect(await client.exit).toEqual(clean)
  })

  it('SIGPIPE does not', async () => {
    const client = await startReady()
    client.child.kill('SIGPIPE')
    expect((await client.request('ping')).result).toEqual({})
  })
})

describe('pipes that nobody holds any more', () => {
  it('a closed stdout ends the program at its next answer', async () => {
    const client = await startReady()
    client.child.stdout.destroy()
    client.send({ jsonrpc: '2.0', id: 1, method: 'ping' })
    expect(await client.exit).toEqual(clean)
  })

  it('a closed stdout ends it with a call in flight too', async () => {
    const server = await openSilentServer()
    const client = await startReady({ account: server.account })
    client.sendCall('get_current_user')
    await server.waiting(1)
    client.child.stdout.destroy()
    client.send({ jsonrpc: '2.0', id: 1, method: 'ping' })
    expect(await client.exit).toEqual(clean)
    await server.closed(1)
  })

  it('a stderr that is never read does not stop it', async () => {
    // Each unknown name costs a line of warning: together far more than a pipe holds.
    const names = Array.from({ length: 6_000 }, (_, index) => `no-such-${index}`)
    const client = startRaw({
      args: ['mcp:serve', `--integration=mattermost,${names.join(',')}`],
      ignoreStderr: true,
    })
    expect((await client.handshake()).result?.protocolVersion).toBe('2025-06-18')
    expect((await client.request('tools/list')).result?.tools).toHaveLength(6)
    client.endInput()
    expect(await client.exit).toEqual(clean)
  })

  it('a closed stderr does not stop it', async () => {
    const client = await startReady()
    client.child.stderr.destroy()
    expect((await client.callTool('nothing')).error?.code).toBe(-32602)
    expect((await client.request('ping')).result).toEqual({})
  })
})
