import { fileURLToPath } from 'node:url'
import { configureCommand } from '../../../electron/cli/commands/configure.ts'

// The command as `kosmo` runs it, without the build. The helper is its source, which Node 24 runs as it is.
const script = fileURLToPath(new URL('../../../electron/broker/accounts/keychain-helper.ts', import.meta.url))
process.exitCode = await configureCommand(process.argv.slice(2), {
  helper: { command: process.execPath, args: [script] },
  changed: integration => console.error(`changed: ${integration}`),
})
