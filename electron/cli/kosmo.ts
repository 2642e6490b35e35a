import { version } from '../../package.json'
import { strictest } from '../../shared/policy/effective-policy.ts'
import { WRITE_POLICIES } from '../../shared/policy/write-policy.ts'
import type { ServeOptions } from '../../shared/protocol/hello.ts'
import { currentFolder } from '../broker/home.ts'
import { keepHeapSmall } from '../gateway/engine.ts'
import type * as GatewayProcess from '../gateway/gateway-process.ts'
import { serve } from './bridge.ts'
import type * as Commands from './commands.ts'
import { projectFiles } from './config-files/places.ts'
import { EXIT } from './exit-codes.ts'
import { loadConfigFiles } from './lazy-programs.ts'
import { type ReadFlags, readServeFlags } from './serve-flags.ts'
import { integrationIds } from './static-answers.ts'

/** Runs `kosmo <command> <flags>`. */
function main([command, ...args]: string[]): void {
  switch (command) {
    case 'mcp:serve':
      return serveCommand(args)
    case 'gateway':
      // What the broker starts; not for people.
      keepHeapSmall()
      return (require('./gateway-process.cjs') as typeof GatewayProcess).runGatewayProcess(process.env)
    case '--version':
    case '-V':
      console.log(version)
      return
    case undefined:
    case '--help':
    case '-h':
      return run('help', [])
    default:
      return run(command, args)
  }
}

function run(command: string, args: string[]): void {
  void (require('./commands.cjs') as typeof Commands).runCommand(command, args)
}

function serveCommand(args: string[]): void {
  // stdout belongs to MCP from here on, whatever a library thinks.
  console.log = console.error
  console.info = console.error
  console.debug = console.error
  const flags = withProfile(args)
  switch (flags.kind) {
    case 'help':
      return run('help', ['mcp:serve'])
    case 'usage-error':
      return usageError(flags.message, 'kosmo mcp:serve --help')
    case 'options':
      for (const warning of flags.warnings) console.error(`kosmo: ${warning}`)
      return serve(limited(flags.options))
  }
}

function withProfile(args: string[]): Exclude<ReadFlags, { kind: 'profile' }> {
  const flags = readServeFlags(args, integrationIds)
  if (flags.kind !== 'profile') return flags
  const read = loadConfigFiles().loadProfile(flags.name, currentFolder(), process.env)
  if (read.kind === 'usage-error') return read
  const again = readServeFlags(args, integrationIds, read.profile)
  if (again.kind === 'profile') throw new Error('a profile asks for a profile')
  return again
}

/** The options with what files of the project around us take away. */
function limited(options: ServeOptions): ServeOptions {
  const files = projectFiles(currentFolder(), process.env)
  if (files.length === 0) return options
  const { limits, warnings } = loadConfigFiles().loadLimits(files, integrationIds)
  for (const warning of warnings) console.error(`kosmo: ${warning}`)
  // What is listed and said is one word for all: the loosest of what is left of each.
  const left = options.integrations.map(id => strictest(options.write, limits[id]?.write ?? 'allow'))
  return { ...options, limits, write: WRITE_POLICIES.findLast(policy => left.includes(policy)) ?? 'deny' }
}

function usageError(message: string, help: string): void {
  console.error(`kosmo: ${message}. See ${help}.`)
  process.exitCode = EXIT.usage
}

main(process.argv.slice(2))
