import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'

/*
 * Writes what CHANGELOG.md says of the version that a tag names into a file:
 * `node electron/packaging/release-notes.mjs v1.2.3 release/notes.md`. Ends with a sentence where the tag is not this version, or nobody has written down what is new in it.
 */

/**
 * @param {string} tag e.g. `v1.2.3`
 * @param {string} version that of package.json
 * @param {string} changelog in the form of Keep a Changelog
 * @returns {string} the version's section without its heading
 */
export function releaseNotes(tag, version, changelog) {
  if (tag !== `v${version}`) throw new Error(`The tag is ${tag}, but package.json has version ${version}.`)
  const sections = changelog.split(/^## /m).slice(1)
  const section = sections.find(each => each.startsWith(`[${version}] - `))
  if (section === undefined) throw new Error(`CHANGELOG.md has no section "## [${version}] - DATE".`)
  const [heading = '', ...lines] = section.split('\n')
  if (!/^\[[\d.]+\] - \d{4}-\d{2}-\d{2}$/.test(heading))
    throw new Error(`"## ${heading}" has no date (YYYY-MM-DD).`)
  const links = lines.findIndex(line => /^\[[^\]]+\]: http/.test(line))
  const notes = (links === -1 ? lines : lines.slice(0, links)).join('\n').trim()
  if (notes === '') throw new Error(`CHANGELOG.md says nothing of version ${version}.`)
  return notes
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const root = join(import.meta.dirname, '../..')
  const read = name => readFileSync(join(root, name), 'utf8')
  const [tag = '', file = join(root, 'release/notes.md')] = process.argv.slice(2)
  try {
    const { version } = JSON.parse(read('package.json'))
    const notes = releaseNotes(tag, version, read('CHANGELOG.md'))
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, `${notes}\n`)
  } catch (error) {
    process.stderr.write(`${error.message}\n`)
    process.exitCode = 1
  }
}
