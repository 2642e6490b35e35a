import { catalogue } from '../integrations/catalogue.ts'
import { allFunctions, type CatalogueFunction, shortName } from '../integrations/find-function.ts'
import { nearest } from '../integrations/nearest.ts'

/** What a path in a script means: `integrations.mattermost.work.get_post`. */
export type FunctionPath =
  | { kind: 'function'; function: CatalogueFunction; account: string }
  /** `why`: what a script is told. */
  | { kind: 'unknown'; why: string }

const DEFAULT = 'default'

/** Reads a path below `app`, with the function's name in either form. Pure. */
export function readFunctionPath(path: readonly string[]): FunctionPath {
  const [area, id, ...rest] = path
  const written = `app.${path.join('.')}`
  const ids = catalogue.map(integration => integration.id)
  if (area !== 'integrations' || id === undefined || !ids.includes(id)) {
    return unknown(written, `There is ${ids.map(known => `app.integrations.${known}`).join(', ')}`)
  }
  const own = allFunctions().filter(each => each.integration.id === id)
  const names = own.map(shortName)
  if (rest.length === 0) return unknown(written, `It is a namespace. Did you mean: ${names.join(', ')}`)
  const [account, name] = rest.length === 1 ? [DEFAULT, rest[0]] : rest
  const found = own.find(each => each.definition.name === name || shortName(each) === name)
  if (found === undefined || account === undefined || rest.length > 2) {
    const like = nearest(String(name), names)
    return unknown(written, `Did you mean: ${(like.length > 0 ? like : names).join(', ')}`)
  }
  return { kind: 'function', function: found, account }
}

function unknown(written: string, more: string): FunctionPath {
  return { kind: 'unknown', why: `Unknown function: ${written}. ${more}` }
}
