import { isServerName } from '../../../shared/clients/server-name.ts'
import { EXPORT_FORMATS, exportEntry } from '../../clients/export-entry.ts'
import { cliSystem } from '../client-settings/cli-system.ts'
import { readInstallFlags } from '../client-settings/install-flags.ts'
import { EXIT } from '../exit-codes.ts'
import { exportEntry as commandEntry } from '../reference/entries/connect.ts'
import { helpText } from '../reference/help-text.ts'
import { integrationIds } from '../static-answers.ts'
import { type CliIo, processIo } from '../terminal/io.ts'
import { failUsage, printJson } from '../terminal/print.ts'

/** `kosmo mcp:gateway:export`: prints an entry for a client's settings. Gives the exit code. */
export function gatewayExportCommand(args: string[], io: CliIo = processIo()): number {
  const flags = readInstallFlags(args, { format: 'string' }, integrationIds)
  const usage = (message: string) => failUsage(io, 'mcp:gateway:export', message, args)
  if (flags.kind === 'usage-error') return usage(flags.message)
  if (flags.kind === 'help') {
    io.out(helpText(commandEntry))
    return EXIT.ok
  }
  const { serve, value, on, name } = flags
  const asked = value('format')
  const format = EXPORT_FORMATS.find(each => each === asked)
  if (asked !== undefined && format === undefined)
    return usage(`--format is none of ${EXPORT_FORMATS.join(', ')}`)
  if (name !== undefined && !isServerName(name))
    return usage('--name takes 1 to 40 letters, digits, "-" and "_"')
  const client = value('client') === undefined ? undefined : flags.client
  const { config, text } = exportEntry({ format, client, name, serve }, cliSystem(io))
  const isJson = text.startsWith('{')
  if (on('json')) printJson(io, { success: true, config, ...(!isJson && { text }) })
  else if (isJson) printJson(io, config)
  else io.out(text)
  return EXIT.ok
}
