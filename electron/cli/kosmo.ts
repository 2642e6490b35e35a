import { version } from '../../package.json'
import { cleanLine } from '../../shared/text/clean.ts'
import { ellipsis } from '../../shared/text/shorten.ts'
import { serve } from './bridge.ts'
import { EXIT } from './exit-codes.ts'
import { HELP, SERVE_HELP } from './help.ts'
import { readServeFlags } from './serve-flags.ts'
import { integrationIds } from './static-answers.ts'

/** Runs `kosmo <command> <flags>`. */
function main([command, ...args]: string[]): void {
  switch (command) {
    case 'mcp:serve':
      return serveCommand(args)
    case 'journal':
      return (require('./journal.cjs') as typeof import('./commands/journal.ts')).journalCommand(args)
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
      return usageError(`there is no command "${ellipsis(cleanLine(command), 60)}"`, 'kosmo --help')
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
