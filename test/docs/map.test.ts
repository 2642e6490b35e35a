import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import manifest from '../../package.json' with { type: 'json' }
import { root } from '../setup/paths.mjs'
import { readPage } from '../support/docs/pages.ts'

const page = readPage('CONTRIBUTING.md')

/** Paths of the map, from its indents; a line may name several that stand side by side. */
function pathsOfMap(map: string): string[] {
  const folders: string[] = []
  return map.split('\n').flatMap(line => {
    const [, indent = '', names = ''] =
      /^( *)((?:[\w.-]+(?:\/[\w.-]+)*\/?)(?:(?:, | )[\w.-]+(?:\.\w+|\/))*)/.exec(line) ?? []
    const depth = indent.length / 2
    // Further lines of what stands before begin far to the right.
    if (names === '' || !Number.isInteger(depth) || depth > folders.length) return []
    folders.length = depth
    const listed = names.split(/, | /)
    folders.push((listed[0] ?? '').replace(/\/$/, ''))
    return listed.map(name => [...folders.slice(0, depth), name.replace(/\/$/, '')].join('/'))
  })
}

describe('the map of the house', () => {
  const paths = pathsOfMap(page.fences[0]?.text ?? '')

  it('shows what is there', () => {
    expect(paths.length).toBeGreaterThan(60)
    expect(paths.filter(path => !existsSync(join(root, path)))).toEqual([])
  })

  it('has every room', () => {
    const rooms = ['electron', 'shared', 'renderer'].flatMap(house =>
      readdirSync(join(root, house), { withFileTypes: true })
        .filter(entry => entry.isDirectory())
        .map(({ name }) => `${house}/${name}`),
    )
    expect(rooms.filter(room => !paths.includes(room))).toEqual([])
  })
})

it('the table of commands has every script of npm', () => {
  const told = page.spans.join('\n')
  const missing = Object.keys(manifest.scripts).filter(
    name => !told.includes(`npm run ${name}`) && !told.includes(`npm ${name}`),
  )
  expect(missing).toEqual([])
})
