import { existsSync, readdirSync, statSync } from 'node:fs'
import { basename, dirname, join, posix } from 'node:path'
import { describe, expect, it } from 'vitest'
import { root } from '../setup/paths.mjs'
import { allPages, readPage } from '../support/docs/pages.ts'

const pages = allPages()

/** Folders of this repository that pages name files of. */
const OURS = /^(?:test|electron|shared|renderer|docs|\.ci|\.github)\//

/** Written by others of our scripts, and not in every checkout. */
const MADE_ELSEWHERE = ['docs/performance.md', 'docs/dependencies.md']

describe.each(pages.map(page => [page.path, page] as const))('%s', (path, page) => {
  it('leads nowhere that is not there', () => {
    const inside = page.links.filter(target => !/^[a-z]+:/.test(target))
    expect(inside.map(target => problemWith(path, target)).filter(problem => problem !== undefined)).toEqual(
      [],
    )
  })

  it('links to other sites by https alone', () => {
    const others = page.links.filter(target => /^[a-z]+:/.test(target))
    expect(others.filter(target => !target.startsWith('https://'))).toEqual([])
  })

  it('names no file of the repository that is not there', () => {
    const named = page.spans.filter(span => OURS.test(span) && !/[\s*…<>{}]/.test(span))
    expect(
      named.filter(name => !existsSync(join(root, name)) && !existsSync(join(root, `${name}.ts`))),
    ).toEqual([])
    const tests = page.spans.filter(span => /^[\w.-]+\.test\.ts$/.test(span))
    expect(tests.filter(name => !allTests().has(name))).toEqual([])
  })
})

it('reliability.md has a file of tests for each of its seventy rows', () => {
  const rows = [...readPage('docs/reliability.md').text.matchAll(/^\| \d+ \|.*\| ([^|]+) \|$/gm)]
  expect(rows).toHaveLength(70)
  const files = rows.flatMap(([, cell = '']) => [...cell.matchAll(/`([a-f]-\w+)`/g)].map(([, name]) => name))
  expect(files.length).toBeGreaterThan(69)
  const missing = files.filter(name => !existsSync(join(root, `test/e2e/reliability/${name}.test.ts`)))
  expect(missing).toEqual([])
})

it('every page of docs/ is in its index', () => {
  const index = readPage('docs/README.md')
  const there = pages.map(({ path }) => path).filter(path => dirname(path) === 'docs' && path !== index.path)
  const listed = index.links.map(link => posix.normalize(posix.join('docs', link.replace(/#.*/, ''))))
  expect(there.filter(path => !listed.includes(path))).toEqual([])
})

function problemWith(from: string, target: string): string | undefined {
  const [file = '', anchor] = target.split('#')
  const path = file === '' ? from : posix.normalize(posix.join(posix.dirname(from), file))
  if (MADE_ELSEWHERE.includes(path)) return undefined
  const whole = join(root, path)
  if (path.startsWith('..') || !existsSync(whole)) return `${target}: there is no ${path}`
  if (anchor === undefined || statSync(whole).isDirectory()) return undefined
  return readPage(path).anchors.includes(anchor) ? undefined : `${target}: ${path} has no such heading`
}

let found: Set<string> | undefined

function allTests(): Set<string> {
  found ??= new Set(
    readdirSync(join(root, 'test'), { recursive: true, encoding: 'utf8' }).map(path => basename(path)),
  )
  return found
}
