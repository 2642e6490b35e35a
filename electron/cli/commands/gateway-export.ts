import { commandLine } from '../../../shared/clients/command-line.ts'
import { commonEntry, type JsonObject } from '../../../shared/clients/server-entry.ts'
import { isServerName, SERVER_NAME } from '../../../shared/clients/server-name.ts'
import { clientEntry, serverCommand } from '../../clients/client-entry.ts'
import { codexToml } from '../../clients/codex/codex-toml.ts'
import { cliSystem } from '../client-settings/cli-system.ts'
import { readInstallFlags } from '../client-settings/install-flags.ts'
import { EXIT } from '../exit-codes.ts'
import { exportEntry } from '../reference/entries/connect.ts'
import { helpText } from '../reference/help-text.ts'
import { integrationIds } from '../static-answers.ts'
import { type CliIo, processIo } from '../terminal/io.ts'
import { fail, printJson } from '../terminal/print.ts'

const FORMATS = ['json', 'toml', 'command']

/** `kosmo mcp:gateway:export`: prints an entry for a client's settings. Gives the exit code. */
export function gatewayExportCommand(args: string[], io: CliIo = processIo()): number {
  const flags = readInstallFlags(args, { format: 'string' }, integrationIds)
  const usage = (message: string) => fail(io, 'usage', `${message}. See kosmo mcp:gateway:export --help.`)
  if (flags.kind === 'usage-error') return usage(flags.message)
  if (flags.kind === 'help') {
    io.out(helpText(exportEntry))
    return EXIT.ok
  }
  const { serve, value, on, name = SERVER_NAME } = flags
  const format = value('format') ?? 'json'
  if (!FORMATS.includes(format)) return usage(`--format is none of ${FORMATS.join(', ')}`)
  if (!isServerName(name)) return usage('--name takes 1 to 40 letters, digits, "-" and "_"')
  const system = cliSystem(io)
  const server = serverCommand(serve, system)
  const config = { mcpServers: { [name]: commonEntry(server) } }
  // Which Codex will read it is not known, so it holds nothing that an older one would die of.
  const toml = () => codexToml(name, clientEntry('codex', serve, [], system))
  const shown: JsonObject | string =
    format === 'json' ? config : format === 'toml' ? toml() : commandLine(server, system.platform)
  if (on('json')) printJson(io, { success: true, config, ...(typeof shown === 'string' && { text: shown }) })
  else if (typeof shown === 'string') io.out(shown.trimEnd())
  else printJson(io, shown)
  return EXIT.ok
}
