import { closeSync, openSync, readdirSync, writeSync } from 'node:fs'
import { openKeychainStore } from '../../../electron/broker/accounts/keychain-store.ts'
import { GatewayChild } from '../../../electron/broker/gateways/gateway-child.ts'
import { GatewayPool } from '../../../electron/broker/gateways/gateway-pool.ts'

/*
 * A process that starts others while it has room for 0, 1, 2 … more files, and then for as many as it likes:
 * `full-of-files.ts <what>`. Tells on stdout how many files it has open after each, and what the last one said.
 */
const sleeper = { command: 'sleep', args: ['600'], variables: process.env }
const report = () => undefined
const pool = new GatewayPool(sleeper, report)
const keychain = openKeychainStore({ variables: {}, helper: { command: 'false', args: [] } })

const starts: Record<string, () => Promise<string>> = {
  async pool() {
    const gateway = await pool.take(() => true)
    return endAtOnce(gateway)
  },
  child: () => endAtOnce(new GatewayChild(sleeper, report)),
  keychain: () => keychain.get('mattermost/default').then(String, (error: Error) => error.message),
}

async function endAtOnce(gateway: GatewayChild | undefined): Promise<string> {
  const said = gateway?.isAlive === true ? 'alive' : 'not started'
  gateway?.end()
  await gateway?.gone
  return said
}

/** Opens all that there is room for, but for so many. */
function leaveRoomFor(count: number): () => void {
  const held: number[] = []
  try {
    for (;;) held.push(openSync('/dev/null', 'r'))
  } catch {
    for (let n = 0; n < count; n++) closeSync(held.pop() ?? -1)
  }
  return () => {
    for (const descriptor of held) closeSync(descriptor)
  }
}

const openFiles = () => readdirSync('/proc/self/fd').length

const start = starts[process.argv[2] ?? ''] ?? (() => Promise.reject(new Error('what?')))
// What Node opens with the first child stays open.
await start()
const counts = [openFiles()]
for (let room = 0; room < 20; room++) {
  const release = leaveRoomFor(room)
  await start()
  release()
  counts.push(openFiles())
}
writeSync(1, JSON.stringify({ counts, last: await start() }))
process.exit(0)
