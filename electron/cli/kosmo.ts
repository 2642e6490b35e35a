import { version } from '../../package.json'
import type * as GatewayProcess from '../gateway/gateway-process.ts'
import { serve } from './bridge.ts'
import type * as Commands from './commands.ts'
import { EXIT } from './exit-codes.ts'
import { HELP, SERVE_HELP } from './help.ts'
import { readServeFlags } from './serve-flags.ts'
import { integrationIds } from './static-answers.ts'

/** Runs `kosmo <command> <flags>`. */
function main([command, ...args]: string[]): void {
  switch (command) {
    case 'mcp:serve':
      return serveCommand(args)
    case 'gateway':
      // What the broker starts; not for people.
      return (require('./gateway-process.cjs') as typeof GatewayProcess).runGatewayProcess(process.env)
    case '--version':
    case '-V':
      console.log(version)
      return
    case undefined:
    case 'help':
    case '--help':
    case '-h':
      console.log(HELP)
      return
    default:
      return void (require('./commands.cjs') as typeof Commands).runCommand(command, args)
  }
}

function serveCommand(args: string[]): void {
  // stdout belongs to MCP from here on, whatever a library thinks.
  console.log = console.error
  console.info = console.error
  console.debug = console.error
  const flags = readServeFlags(args, integrationIds)
  switch (flags.kind) {
    case 'help':
      process.stdout.write(`${SERVE_HELP}\n`)
      return
    case 'usage-error':
      return usageError(flags.message, 'kosmo mcp:serve --help')
    case 'options':
      for (const warning of flags.warnings) console.error(`kosmo: ${warning}`)
      return serve(flags.options)
  }
}

function usageError(message: string, help: string): void {
  console.error(`kosmo: ${message}. See ${help}.`)
  process.exitCode = EXIT.usage
}

main(process.argv.slice(2))
