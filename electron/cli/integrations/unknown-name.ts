import { catalogue } from '../../integrations/catalogue.ts'
import { allFunctions, fullName, shortName } from '../../integrations/find-function.ts'
import { nearest } from '../../integrations/nearest.ts'
import { COMMAND_TABLE } from '../reference/command-table.ts'
import { shown } from './tell.ts'

/** What is said of a command that there is not; no end of sentence. */
export function unknownCommand(name: string): string {
  const like = likeCommand(name)
  return `there is no command "${shown(name)}"${like === undefined ? '' : ` (did you mean ${like}?)`}`
}

/** The command that was most likely meant. */
function likeCommand(name: string): string | undefined {
  const [like] = nearest(
    name,
    COMMAND_TABLE.map(entry => entry.name),
    1,
  )
  return like
}

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

/** What is said of a command `integrations:NAME` that there is not: most are integrations of the original. */
export function unknownIntegrationCommand(name: string): string {
  const like = likeCommand(`integrations:${name}`)
  return `${unknownProvider(name)}${like === undefined ? '' : ` Did you mean kosmo ${like}?`}`
}

/** What is said of a page that there is not. */
export function unknownPage(name: string): string {
  return `No integration docs found for '${shown(name)}'. A page is an integration (${catalogue.map(({ id }) => id).join(', ')}) or one of its functions.`
}
