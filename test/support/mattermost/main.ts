import { exampleWorld } from './example-world.ts'
import { startMattermost } from './server.ts'

// Serves the example workspace until stdin closes or a signal comes: for the demo and for trying things by hand.
const port = process.argv.find(argument => argument.startsWith('--port='))?.slice('--port='.length) ?? '0'
const example = exampleWorld()
const mattermost = await startMattermost({ world: example.world, port: Number(port) })
const { alice, admin } = example.people
const hello = {
  url: mattermost.url,
  token: example.world.token(alice),
  adminToken: example.world.token(admin),
}
process.stdout.write(`${JSON.stringify(hello)}\n`)

const stop = (): void => {
  process.stdin.destroy()
  void mattermost.close()
}
process.stdin.once('end', stop).resume()
process.once('SIGTERM', stop)
process.once('SIGINT', stop)
