import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { freePort } from './free-port.ts'
import type { GatewayCommand } from './gateway-command.ts'
import { installClient } from './install-client.ts'
import { makePrivateHome } from './private-home.ts'

/** A stdio server made reachable over HTTP, with one server process for each session. */
export interface HttpBridge {
  readonly url: string
  close(): Promise<void>
}

/** Starts supergateway before the gateway; it passes each message on as it is, in both directions. */
export async function startHttpBridge(gateway: GatewayCommand): Promise<HttpBridge> {
  const folder = await installClient({ name: 'supergateway', version: '4.0.0', megabytes: 70 })
  const home = await makePrivateHome()
  const port = await freePort()
  const script = join(folder, 'node_modules/supergateway/dist/index.js')
  const stdio = [gateway.command, ...gateway.args].map(word => `"${word}"`).join(' ')
  const options = ['--outputTransport', 'streamableHttp', '--stateful', '--port', `${port}`]
  const quiet = ['--logLevel', 'none', '--healthEndpoint', '/ready']
  const bridge = spawn(process.execPath, [script, '--stdio', stdio, ...options, ...quiet], {
    cwd: home.workspace,
    env: { ...home.env, ...gateway.env },
    // It ends when its stdin does, so it does not outlive the tests.
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  const ended = new Promise<void>(resolve => bridge.on('close', () => resolve()))
  async function close(): Promise<void> {
    bridge.stdin.end()
    await ended
    await home.close()
  }
  try {
    await answering(`http://127.0.0.1:${port}/ready`, bridge)
  } catch (error) {
    await close()
    throw error
  }
  return { url: `http://127.0.0.1:${port}/mcp`, close }
}

async function answering(url: string, bridge: ChildProcess): Promise<void> {
  while (bridge.exitCode === null) {
    const answer = await fetch(url).catch(() => undefined)
    if (answer?.ok) return
    await setTimeout(50)
  }
  throw new Error(`the bridge ended with ${bridge.exitCode}`)
}
