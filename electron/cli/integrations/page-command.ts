import { allFunctions, type CatalogueFunction } from '../../integrations/find-function.ts'
import type { Integration } from '../../integrations/integration.ts'
import { limitsHere } from '../calls/limits-here.ts'
import { EXIT } from '../exit-codes.ts'
import type { CommandEntry } from '../reference/entry.ts'
import type { CliIo } from '../terminal/io.ts'
import { printReadableJson } from '../terminal/print.ts'
import { type Document, findPage, type Page } from './docs.ts'
import { functionJson } from './function-json.ts'
import { type ProviderFacts, providerFacts, readSettings } from './provider-facts.ts'
import { asMarkdown, asText } from './render-document.ts'
import { failure, runByEntry, usage } from './tell.ts'
import { unknownPage } from './unknown-name.ts'

type FactsOf = (integration: Integration) => ProviderFacts

export type PageCommand = {
  entry: CommandEntry
  /** Whether there is a page without a name. */
  hasIndex: boolean
  document(page: Page, factsOf: FactsOf): Document
  /** What is told of a function in JSON besides what always is. */
  more?(each: CatalogueFunction): object
}

/** A command that prints a page about an integration or a function, as text, Markdown or JSON. Gives the exit code. */
export function runPageCommand(command: PageCommand, args: string[], io: CliIo): Promise<number> {
  const { entry, hasIndex, document, more = () => ({}) } = command
  return runByEntry({ entry, words: 1, args, io }, flags => {
    const asked = flags.value('format') ?? 'text'
    const format = flags.on('json') ? 'json' : asked
    const json = format === 'json'
    const [name] = flags.words
    if (!['text', 'markdown', 'json'].includes(asked)) {
      return usage(io, entry, '--format takes text, markdown or json', json)
    }
    if (name === undefined && !hasIndex) return usage(io, entry, 'name an integration or a function', json)
    const page = findPage(name)
    if (page === undefined) return failure(io, unknownPage(name ?? ''), json)
    const settings = readSettings(io)
    const limits = limitsHere(io)
    const factsOf: FactsOf = integration =>
      providerFacts(integration, settings, io.variables, limits[integration.id])
    if (json) {
      const tell = (each: CatalogueFunction) => ({
        ...functionJson(each, factsOf(each.integration)),
        ...more(each),
      })
      printReadableJson(io, page.kind === 'function' ? tell(page.function) : functionsOf(page).map(tell))
      return EXIT.ok
    }
    const shownPage = document(page, factsOf)
    io.out(format === 'markdown' ? asMarkdown(shownPage) : asText(shownPage))
    return EXIT.ok
  })
}

function functionsOf(page: Exclude<Page, { kind: 'function' }>): CatalogueFunction[] {
  return page.kind === 'index'
    ? allFunctions()
    : page.integration.functions.map(definition => ({ integration: page.integration, definition }))
}
