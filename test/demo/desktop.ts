import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect as dial } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brokerAddress } from '../../electron/broker/home.ts'
import { launchKosmo } from '../setup/launch.ts'
import { root } from '../setup/paths.mjs'
import { connect } from '../setup/stdio-client.ts'
import { until } from '../support/broker/until.ts'
import { exampleWorld } from '../support/mattermost/example-world.ts'
import { startMattermost } from '../support/mattermost/server.ts'
import { Page } from './page.ts'

const POST = {
  channel_id: 'eng/dev',
  message: 'Reviewed: the gateway branch is good to merge.\nTwo small remarks are in the pull request.',
}

/**
 * Opens the app on a Mattermost that is made up, and has an agent ask to post there: the person decides in the window.
 *
 * @param runtime Electron's own program
 * @returns the exit code
 */
export async function showDesktop(runtime: string): Promise<number> {
  const page = new Page()
  const example = exampleWorld()
  const mattermost = await startMattermost({ world: example.world })
  // The path of a socket has to be short.
  const home = mkdtempSync(join(tmpdir(), 'kosmo-demo-'))
  const variables = {
    ...process.env,
    KOSMO_HOME: home,
    KOSMO_NODE: process.env.KOSMO_NODE ?? process.execPath,
  }
  const app = spawn(runtime, ['.'], { cwd: root, env: variables, stdio: ['ignore', 'ignore', 'inherit'] })
  let hasEnded = false
  const ended = new Promise<void>(resolve => {
    const end = () => {
      hasEnded = true
      resolve()
    }
    app.once('exit', end).once('error', end)
  })
  const stop = () => app.kill('SIGTERM')
  process.on('SIGINT', stop).on('SIGTERM', stop)
  page.heading('KosmoKrator desktop')
  page.say(
    `The app opens on a Mattermost that is made up (${mattermost.url}), with a home folder of its own. Nothing of yours is read, nothing leaves this computer.`,
  )
  try {
    await until('the app', () => {
      if (hasEnded) throw new Error('the app ended')
      return answers(brokerAddress(variables, process.platform))
    })
    const account = { url: mattermost.url, token: example.world.token(example.people.alice) }
    const launch = launchKosmo('ask', account)
    const { client } = await connect(
      { ...launch, env: { ...launch.env, KOSMO_HOME: home } },
      { clientInfo: { name: 'Demo agent', version: '1' } },
    )
    page.line()
    page.say(
      'An agent now asks to post. Its request is in the window: approve it, change it or deny it there.\n',
    )
    page.calls('create_post', POST)
    const result = await client.call('create_post', POST)
    page.quote(result.text)
    const sent = mattermost.requestsTo('POST', /\/posts$/).length
    page.say(
      `Requests that reached Mattermost: ${sent} POST /posts. Quit the app in its tray, or press Ctrl+C here.`,
    )
    await ended
    await client.end()
    return 0
  } catch (error) {
    page.check('the app was shown', false, error instanceof Error ? error.message : String(error))
    return 1
  } finally {
    stop()
    await ended
    await mattermost.close()
    rmSync(home, { recursive: true, force: true })
  }
}

function answers(address: string): Promise<boolean> {
  return new Promise(resolve => {
    const socket = dial(address)
    const tell = (isThere: boolean) => {
      socket.destroy()
      resolve(isThere)
    }
    socket.once('connect', () => tell(true)).once('error', () => tell(false))
  })
}
