import { byName } from './notices.ts'

/** One package, as the page tells of it. */
export type Dependency = {
  name: string
  version: string
  licence: string
  /** Bytes of it in the command line and in the app; 0 where it is not in one. */
  cli: number
  app: number
  /** Why we have it, or for which other package it is there. */
  why: string
  isDirect: boolean
}

/** What stands beside the programs and is not bundled. */
export type Beside = { name: string; version: string; licence: string; why: string }

/** docs/dependencies.md. */
export function dependenciesPage(dependencies: readonly Dependency[], beside: readonly Beside[]): string {
  const table = (isDirect: boolean) =>
    [...dependencies]
      .filter(each => each.isDirect === isDirect)
      .sort(byName)
      .map(({ name, version, licence, cli, app, why }) =>
        row([name, version, licence, kilobytes(cli), kilobytes(app), why]),
      )
  const total = (program: 'cli' | 'app') => {
    const parts = dependencies.filter(each => each[program] > 0)
    return `${parts.length} packages, ${kilobytes(parts.reduce((sum, each) => sum + each[program], 0))}`
  }
  const head = ['package', 'version', 'licence', 'CLI', 'app', 'why']
  return [
    '# Runtime dependencies',
    '',
    'Made by the build of what is really in the bundles; `npm run docs:dependencies` writes it anew. Why we have each is in',
    '`electron/packaging/licences/reasons.json`. Sizes are of all programs together. Licence texts ship as',
    '`THIRD-PARTY-NOTICES.txt`.',
    '',
    row(['', 'in it by others']),
    row(['---', '---']),
    row(['command line (`dist/cli`, the npm package)', total('cli')]),
    row(['app (main process, preloads, pages)', total('app')]),
    '',
    '## What we have chosen',
    '',
    row(head),
    row(head.map(() => '---')),
    ...table(true),
    '',
    '## What comes with it',
    '',
    row(head),
    row(head.map(() => '---')),
    ...table(false),
    '',
    '## Beside the bundles',
    '',
    row(['what', 'version', 'licence', 'why']),
    row(['---', '---', '---', '---']),
    ...beside.map(({ name, version, licence, why }) => row([name, version, licence, why])),
    '',
  ].join('\n')
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`
}

function kilobytes(bytes: number): string {
  if (bytes === 0) return ''
  return bytes < 1_000 ? '< 1 kB' : `${Math.round(bytes / 1_000)} kB`
}
