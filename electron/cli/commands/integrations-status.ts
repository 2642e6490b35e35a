import { catalogue } from '../../integrations/catalogue.ts'
import { limitsHere } from '../calls/limits-here.ts'
import { EXIT } from '../exit-codes.ts'
import { capabilities } from '../integrations/capabilities.ts'
import { providerFacts, readSettings } from '../integrations/provider-facts.ts'
import { runByEntry } from '../integrations/tell.ts'
import { statusEntry } from '../reference/entries/accounts.ts'
import { type CliIo, processIo } from '../terminal/io.ts'
import { printReadableJson, tableLines } from '../terminal/print.ts'

/** `kosmo integrations:status`: which integrations are set up, with which accounts. Gives the exit code. */
export function integrationsStatusCommand(args: string[], io: CliIo = processIo()): Promise<number> {
  return runByEntry({ entry: statusEntry, words: 0, args, io }, flags => {
    const settings = readSettings(io)
    const limits = limitsHere(io)
    const all = catalogue.map(integration => {
      const facts = providerFacts(integration, settings, io.variables, limits[integration.id])
      return { integration, facts }
    })
    if (flags.on('json')) {
      const providers = all.map(({ integration, facts }) => {
        const { enabled, configured, active, accounts, permissions } = facts
        const functions = integration.functions.length
        const more = { enabled, permissions, ...capabilities(integration) }
        return [integration.id, { active, configured, accounts, functions, ...more }]
      })
      printReadableJson(io, { success: true, providers: Object.fromEntries(providers) })
      return EXIT.ok
    }
    const rows = all.map(({ integration, facts: { active, configured, accounts, permissions } }) => [
      integration.id,
      active ? 'yes' : 'no',
      configured ? 'yes' : 'no',
      accounts.join(', ') || 'none',
      `read ${permissions.read}, write ${permissions.write}`,
      String(integration.functions.length),
    ])
    const head = ['INTEGRATION', 'ACTIVE', 'CONFIGURED', 'ACCOUNTS', 'PERMISSIONS', 'FUNCTIONS']
    for (const line of tableLines(head, rows)) io.out(line)
    return EXIT.ok
  })
}
