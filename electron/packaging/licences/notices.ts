import type { PackageFacts } from './package-facts.ts'

const RULE = '-'.repeat(80)

/** The text that goes with what we ship: whose it is, under which licence, and that licence. */
export function notices(title: string, packages: readonly PackageFacts[], beside: readonly string[]): string {
  const parts = [...packages].sort(byName).map(({ name, version, licence, text }) => {
    return [`${name} ${version}`, `Licence: ${licence}`, '', text].join('\n')
  })
  const head = [title, '', `It has parts of ${packages.length} packages by others. Theirs are:`]
  return `${[head.join('\n'), ...parts, beside.join('\n')].join(`\n\n${RULE}\n\n`)}\n`
}

export function byName(one: { name: string }, other: { name: string }): number {
  return one.name < other.name ? -1 : one.name > other.name ? 1 : 0
}
