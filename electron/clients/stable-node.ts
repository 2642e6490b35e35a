import { existsSync, realpathSync } from 'node:fs'
import { join } from 'node:path'

/** A path of the running Node that outlasts its next upgrade, where there is one: Homebrew keeps a link. */
export function stableNode(execPath: string): string {
  const [, prefix] = /^(.*)[/]Cellar[/]node(?:@\d+)?[/][^/]+[/]bin[/]node$/.exec(execPath) ?? []
  const link = prefix === undefined ? undefined : join(prefix, 'bin', 'node')
  return link !== undefined && existsSync(link) && realpathSync(link) === realpathSync(execPath)
    ? link
    : execPath
}
