import { findFunction } from '../../integrations/find-function.ts'
import { EXIT } from '../exit-codes.ts'
import { inputSchema } from '../integrations/function-json.ts'
import { failure, runByEntry, usage } from '../integrations/tell.ts'
import { unknownFunction } from '../integrations/unknown-name.ts'
import { schemaEntry } from '../reference/entries/calls.ts'
import { type CliIo, processIo } from '../terminal/io.ts'
import { printReadableJson } from '../terminal/print.ts'

/** `kosmo integrations:schema`: the JSON Schema of what a function takes, always as JSON. Gives the exit code. */
export function integrationsSchemaCommand(args: string[], io: CliIo = processIo()): Promise<number> {
  return runByEntry({ entry: schemaEntry, words: 1, args, io }, flags => {
    const [name] = flags.words
    if (name === undefined) return usage(io, schemaEntry, 'name a function', true)
    const found = findFunction(name)
    if (found === undefined) return failure(io, unknownFunction(name), true)
    printReadableJson(io, inputSchema(found))
    return EXIT.ok
  })
}
