import { allFunctions, fullName } from '../../integrations/find-function.ts'
import { limitsHere } from '../calls/limits-here.ts'
import { EXIT } from '../exit-codes.ts'
import { functionJson } from '../integrations/function-json.ts'
import { providerFacts, readSettings } from '../integrations/provider-facts.ts'
import { searchFunctions } from '../integrations/search-functions.ts'
import { runByEntry, usage } from '../integrations/tell.ts'
import { searchEntry } from '../reference/entries/calls.ts'
import { type CliIo, processIo } from '../terminal/io.ts'
import { printReadableJson, tableLines } from '../terminal/print.ts'

/** `kosmo integrations:search`: functions by words, best first. Gives the exit code. */
export function integrationsSearchCommand(args: string[], io: CliIo = processIo()): Promise<number> {
  return runByEntry({ entry: searchEntry, words: Number.POSITIVE_INFINITY, args, io }, flags => {
    const query = flags.words.join(' ')
    const json = flags.on('json')
    if (query.trim() === '') return usage(io, searchEntry, 'say what to look for', json)
    const found = searchFunctions(query, allFunctions())
    if (json) {
      const settings = readSettings(io)
      const limits = limitsHere(io)
      const functions = found.map(each => {
        const { integration } = each
        return functionJson(each, providerFacts(integration, settings, io.variables, limits[integration.id]))
      })
      printReadableJson(io, { success: true, query, functions })
      return EXIT.ok
    }
    if (found.length === 0) io.out('Nothing found. kosmo integrations:list has everything.')
    const rows = found.map(each => [fullName(each), each.definition.access, each.definition.title])
    if (rows.length > 0) for (const line of tableLines(['FUNCTION', '', 'TITLE'], rows)) io.out(line)
    return EXIT.ok
  })
}
