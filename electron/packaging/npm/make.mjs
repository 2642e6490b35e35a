import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/*
 * Makes the npm package of the command line in release/npm: `npx kosmokrator-desktop mcp:serve` needs no Electron. It
 * has a package.json of its own, because the runtimes that this repository is developed with are not for users.
 */

const root = join(import.meta.dirname, '../../..')
const target = process.argv[2] ?? join(root, 'release/npm')
const { name, version, description, license, author, homepage, repository, engines, bin, man, dependencies } =
  JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))

rmSync(target, { recursive: true, force: true })
mkdirSync(target, { recursive: true })
for (const file of ['README.md', 'LICENSE', 'SECURITY.md']) cpSync(join(root, file), join(target, file))
cpSync(join(root, 'dist/cli'), join(target, 'dist/cli'), { recursive: true })
const facts = { name, version, description, license, author, homepage, repository, engines }
const { kosmo } = bin
const manifest = {
  ...facts,
  bin: { ...bin, [name]: kosmo },
  // As a list: npm 11 links no other.
  man: [man],
  files: ['dist/cli', 'SECURITY.md'],
  dependencies,
}
writeFileSync(join(target, 'package.json'), `${JSON.stringify(manifest, undefined, 2)}\n`)
