import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** The token of tests that need no Mattermost; it must never show in anything that the program writes. */
export const SECRET = 'n3v3rsh0wth1st0k3nanywh3r3'

/** The system's Node, older than the one that runs the tests. */
export const OLD_NODE = '/usr/bin/node'

/** The built program. KOSMO_TEST_CLI names another kosmo.cjs, such as that of a packaged app. */
export function builtProgram(): string {
  const built = fileURLToPath(new URL('../../../dist/cli/kosmo.cjs', import.meta.url))
  const program = process.env.KOSMO_TEST_CLI ?? built
  if (!existsSync(program)) throw new Error(`${program} is missing: run "npm run build" first`)
  return program
}
