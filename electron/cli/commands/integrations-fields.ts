import { catalogue } from '../../integrations/catalogue.ts'
import { limitsHere } from '../calls/limits-here.ts'
import { DEFAULT_ACCOUNT } from '../configure/changes.ts'
import { EXIT } from '../exit-codes.ts'
import { capabilities } from '../integrations/capabilities.ts'
import { credentialState } from '../integrations/credential-state.ts'
import { providerFacts, readSettings } from '../integrations/provider-facts.ts'
import { failure, runByEntry, usage } from '../integrations/tell.ts'
import { unknownProvider } from '../integrations/unknown-name.ts'
import { fieldsEntry } from '../reference/entries/accounts.ts'
import { type CliIo, processIo } from '../terminal/io.ts'
import { printReadableJson, tableLines } from '../terminal/print.ts'

/** `kosmo integrations:fields`: what an account consists of and what of it is there. Gives the exit code. */
export function integrationsFieldsCommand(args: string[], io: CliIo = processIo()): Promise<number> {
  return runByEntry({ entry: fieldsEntry, words: 1, args, io }, async flags => {
    const [name] = flags.words
    const json = flags.on('json')
    if (name === undefined) return usage(io, fieldsEntry, 'name an integration', json)
    const integration = catalogue.find(({ id }) => id === name)
    if (integration === undefined) return failure(io, unknownProvider(name), json)
    const { id, credentials } = integration
    const account = flags.value('account') ?? DEFAULT_ACCOUNT
    const settings = readSettings(io)
    const { accounts } = providerFacts(integration, settings, io.variables, limitsHere(io)[id])
    const state = await credentialState(integration, account, settings, io)
    const fields = credentials.map(({ key, label, type, required, description, variable }) => {
      const configured = state.present.includes(key)
      const source = configured ? (state.source ?? null) : null
      return { key, label, type, required, configured, description, variable, source }
    })
    const example = `kosmo integrations:configure ${id}${account === DEFAULT_ACCOUNT ? '' : ` --account=${account}`} --set url=https://chat.example.org --set access_token=… --enable --json`
    if (json) {
      const { auth_strategy, compatibility_summary, cli_setup_supported, cli_runtime_supported } =
        capabilities(integration)
      printReadableJson(io, {
        success: true,
        provider: id,
        account,
        accounts,
        cli_setup_supported,
        cli_runtime_supported,
        auth_strategy,
        compatibility_summary,
        fields,
        example,
        source: state.source ?? null,
        precedence: ['environment', 'stored'],
        ...(state.fault !== undefined && { fault: state.fault }),
      })
      return EXIT.ok
    }
    const rows = fields.map(({ key, label, type, required, source, variable }) => [
      key,
      label,
      type,
      required ? 'yes' : 'no',
      source ?? '-',
      variable,
    ])
    for (const line of tableLines(['KEY', 'LABEL', 'TYPE', 'REQUIRED', 'FROM', 'VARIABLE'], rows))
      io.out(line)
    io.out('')
    if (state.fault !== undefined) io.err(`kosmo: ${state.fault}`)
    io.out(
      'The variables count where they name a whole account, and for "default" alone; else the stored one does.',
    )
    io.out(example)
    return EXIT.ok
  })
}
