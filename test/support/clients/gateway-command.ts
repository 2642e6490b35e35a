import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** What a client has to start to get the gateway, and what it has to set for it. */
export interface GatewayCommand {
  readonly command: string
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string>>
}

/** The word after `--write=`. */
export type WriteRequest = 'deny' | 'ask' | 'allow'

/**
 * The built gateway for one Mattermost account, on the Node that runs the tests.
 * KOSMO_TEST_CLI names another kosmo.cjs to test, such as that of a packaged app.
 */
export function gatewayCommand(
  write: WriteRequest,
  account: { readonly url: string; readonly token: string },
): GatewayCommand {
  const built = fileURLToPath(new URL('../../../dist/cli/kosmo.cjs', import.meta.url))
  const cli = process.env.KOSMO_TEST_CLI ?? built
  if (!existsSync(cli)) throw new Error(`${cli} is missing: run "npm run build" first`)
  return {
    command: process.execPath,
    args: [cli, 'mcp:serve', '--integration=mattermost', `--write=${write}`],
    env: { MATTERMOST_URL: account.url, MATTERMOST_ACCESS_TOKEN: account.token },
  }
}
