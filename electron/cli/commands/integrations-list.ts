import { catalogue } from '../../integrations/catalogue.ts'
import { limitsHere } from '../calls/limits-here.ts'
import { EXIT } from '../exit-codes.ts'
import { capabilities } from '../integrations/capabilities.ts'
import { functionJson } from '../integrations/function-json.ts'
import { providerFacts, readSettings } from '../integrations/provider-facts.ts'
import { runByEntry } from '../integrations/tell.ts'
import { listEntry } from '../reference/entries/accounts.ts'
import { type CliIo, processIo } from '../terminal/io.ts'
import { printReadableJson, tableLines } from '../terminal/print.ts'

/** `kosmo integrations:list`: every integration with its functions. Gives the exit code. */
export function integrationsListCommand(args: string[], io: CliIo = processIo()): Promise<number> {
  return runByEntry({ entry: listEntry, words: 0, args, io }, flags => {
    const settings = readSettings(io)
    const limits = limitsHere(io)
    const all = catalogue.map(integration => ({
      integration,
      facts: providerFacts(integration, settings, io.variables, limits[integration.id]),
    }))
    if (flags.on('json')) {
      const providers = all.map(({ integration, facts }) => {
        const { auth_strategy, compatibility_summary, ...supported } = capabilities(integration)
        const { cli_setup_supported, cli_runtime_supported } = supported
        const { active, configured } = facts
        const functions = integration.functions.map(definition =>
          functionJson({ integration, definition }, facts),
        )
        return [
          integration.id,
          {
            active,
            configured,
            auth_strategy,
            cli_setup_supported,
            cli_runtime_supported,
            compatibility_summary,
            functions,
          },
        ]
      })
      printReadableJson(io, { success: true, providers: Object.fromEntries(providers) })
      return EXIT.ok
    }
    const rows = all.flatMap(({ integration, facts }) =>
      integration.functions.map(({ name, access }) => [
        integration.id,
        facts.active ? 'active' : 'inactive',
        name,
        access,
      ]),
    )
    for (const line of tableLines(['INTEGRATION', 'STATUS', 'FUNCTION', ''], rows)) io.out(line)
    return EXIT.ok
  })
}
