import { execFile } from 'node:child_process'
import { chmodSync, mkdirSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import {
  newHome,
  showEverything,
  startBrokerProcess,
  startClient,
} from '../../support/broker/broker-process.ts'
import { until } from '../../support/broker/until.ts'
import { resultText } from '../../support/mcp/rpc-line.ts'
import { openTown } from '../../support/mcp/town.ts'

const NOBODY = 65_534

/** Says whether it can connect to a socket, and which files under a folder it can read or change. */
const INTRUDER = `
const { connect } = require('node:net')
const { accessSync, constants, readdirSync, statSync } = require('node:fs')
const { join } = require('node:path')
const [home, address] = process.argv.slice(1)
const open = []
const may = (path, mode) => { try { accessSync(path, mode); return true } catch { return false } }
function look(path) {
  let isFolder
  try { isFolder = statSync(path).isDirectory() } catch { return }
  if (may(path, constants.W_OK)) open.push('write ' + path)
  if (!isFolder) { if (may(path, constants.R_OK)) open.push('read ' + path); return }
  try { for (const name of readdirSync(path)) look(join(path, name)) } catch {}
}
look(home)
for (const name of process.argv.slice(3)) look(name)
const socket = connect(address)
const tell = connected => { console.log(JSON.stringify({ uid: process.getuid(), connected, open })); process.exit() }
socket.once('connect', () => tell('yes')).once('error', error => tell(error.code))
`

type Seen = { uid: number; connected: string; open: string[] }

function intrude(home: string, address: string, files: string[]): Promise<Seen> {
  const options = { uid: NOBODY, gid: NOBODY, cwd: '/', env: { PATH: '/usr/bin:/bin' }, timeout: 20_000 }
  return new Promise((resolve, reject) => {
    // Not the Node of the tests: it may be where nobody else can read it.
    execFile('/usr/bin/node', ['-e', INTRUDER, home, address, ...files], options, (error, stdout) => {
      if (error === null) resolve(JSON.parse(stdout) as Seen)
      else reject(error)
    })
  })
}

const why = process.getuid?.() === 0 ? undefined : 'only root can become another user'

test.skipIf(why !== undefined).each([
  ['a home that is made by it', '022', undefined],
  ['a home that is made by it, without any umask', '000', undefined],
  ['a home that was there and is open to all', '000', 0o777],
])(
  `Another user cannot connect or read: %s${why === undefined ? '' : ` (${why})`}`,
  async (_, umask, mode) => {
    const town = await openTown()
    const base = newHome()
    // The way there is open to everybody, as /tmp is.
    chmodSync(base, 0o755)
    const home = mode === undefined ? join(base, 'home') : base
    if (mode !== undefined) {
      chmodSync(base, mode)
      mkdirSync(join(base, 'run'))
      chmodSync(join(base, 'run'), mode)
    }
    const broker = await startBrokerProcess({
      home,
      through: ['/bin/sh', '-c', `umask ${umask}; exec "$@"`, 'sh'],
    })
    await showEverything(broker)
    const client = await startClient(broker, town.account, { write: 'ask' })
    expect(resultText(await client.callTool('list_teams'))).toContain('engineering')
    client.sendCall('create_post', { channel_id: '~town-square', message: 'Released' })
    const { broker: person } = await broker.terminal()
    const [request] = await until('it waits', async () => {
      const list = await person.listApprovals({})
      return list.length === 1 && list
    })
    const answer = { kind: 'approve', span: 'always', reach: 'channel' } as const
    await person.answer({ id: request?.id ?? '', answer })
    await until('it is posted', () => town.posted().length === 1)
    await person.setOverride({ client: 'raw', workspace: '/tmp', policy: 'ask' })

    expect(statSync(broker.address).mode & 0o777).toBe(0o600)
    expect(statSync(join(home, 'run')).mode & 0o777).toBe(0o700)
    const files = filesUnder(home)
    for (const kind of ['audit', 'journal', 'grants', 'settings']) {
      expect(
        files.some(file => file.includes(kind)),
        `${kind} is there: ${files.join(' ')}`,
      ).toBe(true)
    }
    const seen = await intrude(home, broker.address, files)
    expect(seen.uid).toBe(NOBODY)
    expect(seen.connected).toBe('EACCES')
    // A folder that a person has opened to all is theirs to close; what we put into it is not open.
    expect(seen.open.filter(each => each !== `write ${base}`)).toEqual([])
  },
)

function filesUnder(home: string): string[] {
  return readdirSync(home, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name))
}
