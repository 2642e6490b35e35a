import { catalogue } from '../../integrations/catalogue.ts'
import { allFunctions, fullName, shortName } from '../../integrations/find-function.ts'
import { nearest } from '../../integrations/nearest.ts'
import { shown } from './tell.ts'

/** What is said of a function that there is not. */
export function unknownFunction(name: string): string {
  const all = allFunctions()
  const names = all.flatMap(each => [fullName(each), `${each.integration.id}.${shortName(each)}`])
  const [like] = nearest(name, names)
  return `Unknown integration function: ${shown(name)}.${like === undefined ? '' : ` Did you mean ${like}?`} kosmo integrations:list has them all.`
}

/** What is said of an integration that there is not. */
export function unknownProvider(name: string): string {
  return `Unknown integration provider: ${shown(name)}. There is ${catalogue.map(({ id }) => id).join(', ')}.`
}

/** What is said of a page that there is not. */
export function unknownPage(name: string): string {
  return `No integration docs found for '${shown(name)}'. A page is an integration (${catalogue.map(({ id }) => id).join(', ')}) or one of its functions.`
}
