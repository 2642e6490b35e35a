import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished, test } from 'vitest'
import { refusedPackages } from '../../../electron/packaging/licences/allowed.ts'
import { packageFacts, packageFolder } from '../../../electron/packaging/licences/package-facts.ts'
import reasons from '../../../electron/packaging/licences/reasons.json'
import manifest from '../../../package.json'
import { root } from '../../setup/paths.mjs'

const TEXTS = join(root, 'electron/packaging/licences/texts')
const read = (path: string) => readFileSync(join(root, path), 'utf8')

type Row = { name: string; facts: string; kilobytes: number }

/** The rows of the page, their sizes apart from what they say. */
function rowsOf(page: string): Row[] {
  return page.split('\n').flatMap(line => {
    const cells = line.split(' | ')
    const [name = '', version = '', licence = '', cli = '', app = '', why = ''] = cells
    if (cells.length !== 6 || version === 'version' || version === '---') return []
    return [
      { name: name.slice(2), facts: `${version} ${licence} ${why}`, kilobytes: sizeOf(cli) + sizeOf(app) },
    ]
  })
}

const sizeOf = (cell: string) => Number(/^\d+/.exec(cell)?.[0] ?? 0)

describe('docs/dependencies.md', () => {
  const written = rowsOf(read('docs/dependencies.md'))
  const built = rowsOf(read('dist/dependencies.md'))

  it('tells of what is in the bundles (npm run docs:dependencies)', () => {
    expect(built.length).toBeGreaterThan(100)
    expect(written.map(({ name, facts }) => `${name} ${facts}`)).toEqual(
      built.map(({ name, facts }) => `${name} ${facts}`),
    )
  })

  it('has sizes that are about right', () => {
    const off = built.filter(({ kilobytes }, index) => {
      const said = written[index]?.kilobytes ?? 0
      return Math.abs(said - kilobytes) > Math.max(10, kilobytes / 4)
    })
    expect(off).toEqual([])
  })

  it('says why we have what we have chosen, and of nothing else', () => {
    const direct = { ...manifest.dependencies, ...manifest.devDependencies }
    const chosen = [...new Set(built.map(({ name }) => name))].filter(name => Object.hasOwn(direct, name))
    expect(Object.keys(reasons).sort()).toEqual(chosen.sort())
  })
})

test.each([
  [
    'dist/cli/THIRD-PARTY-NOTICES.txt',
    ['zod', 'axios', '@napi-rs/keyring', '@sqlite.org/sqlite-wasm', 'wasmoon'],
  ],
  ['dist/THIRD-PARTY-NOTICES.txt', ['react', 'electron', 'electron-updater', '@nornagon/put', 'lazy-val']],
])('%s has the licence of everything that is in it', (path, names) => {
  const [, ...parts] = read(path).split(`\n\n${'-'.repeat(80)}\n\n`)
  const packages = parts.slice(0, -1)
  for (const name of names)
    expect(
      packages.some(part => part.startsWith(`${name} `)),
      name,
    ).toBe(true)
  const without = packages.filter(
    part => !/permi(ssion|tted)|License|copyright/i.test(part.split('\n').slice(3).join()),
  )
  expect(without).toEqual([])
})

test.each([
  ['MIT', true],
  ['(MIT OR GPL-3.0)', true],
  ['Apache-2.0 AND MIT', true],
  ['GPL-3.0', false],
  ['MIT AND GPL-3.0', false],
  ['SEE LICENSE IN LICENSE', false],
  ['', false],
])('whether a package under %j may be shipped: %s', (licence, isAllowed) => {
  expect(refusedPackages([{ name: 'x', licence, text: 'x' }])).toHaveLength(isAllowed ? 0 : 1)
})

describe('a package', () => {
  const packageOf = (facts: object, files: Record<string, string> = {}) => {
    const folder = mkdtempSync(join(tmpdir(), 'kosmo-licence-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'x', version: '1.0.0', ...facts }))
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
    return packageFacts(folder, TEXTS)
  }

  it('has its licence in a file of whatever name, or in its README', () => {
    for (const name of ['LICENSE', 'License.md', 'COPYING', 'licence-MIT']) {
      expect(packageOf({ license: 'MIT' }, { [name]: 'Mine' })).toMatchObject({
        licence: 'MIT',
        text: 'Mine',
      })
    }
    const text = 'Copyright me\n\nPermission is hereby granted, …'
    for (const heading of ['# License\n', 'License\n-------\n\n', '## Licence\n\n']) {
      expect(packageOf({ license: 'MIT' }, { 'README.md': `# x\n\n${heading}${text}\n` }).text).toBe(text)
    }
  })

  it('without one is not shipped', () => {
    const bare = packageOf({ license: 'MIT' }, { 'README.md': '## License\n\nMIT', 'license.js': 'x' })
    expect(bare.text).toBe('')
    expect(refusedPackages([bare])).toEqual(['x: the text of its licence is missing'])
    expect(refusedPackages([packageOf({}, { LICENSE: 'Mine' })])).toEqual(['x: its licence is ""'])
  })

  it.each([
    ['/w/node_modules/axios/lib/axios.js?x=1', '/w/node_modules/axios'],
    ['\0/w/node_modules/@a/b/node_modules/c/index.js', '/w/node_modules/@a/b/node_modules/c'],
    ['C:\\w\\node_modules\\@a\\b\\c.js', 'C:/w/node_modules/@a/b'],
    ['/w/electron/main/main.ts', undefined],
    ['\0rolldown/runtime.js', undefined],
  ])('is found by its module %j', (module, folder) => {
    expect(packageFolder(module)).toBe(folder)
  })
})
