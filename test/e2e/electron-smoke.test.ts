import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { _electron, type ElectronApplication } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findElectronRuntime } from '../support/app/electron-runtime.ts'

const runtime = findElectronRuntime()
const why = runtime.kind === 'missing' ? ` (skipped: ${runtime.why})` : ''

describe.skipIf(runtime.kind === 'missing')(`the app on the real Electron${why}`, () => {
  let home: string
  let app: ElectronApplication

  beforeAll(async () => {
    if (runtime.kind === 'missing') return
    home = mkdtempSync(join(tmpdir(), 'kosmo-smoke-'))
    const isRoot = process.getuid?.() === 0
    app = await _electron.launch({
      executablePath: runtime.program,
      args: [...(isRoot ? ['--no-sandbox'] : []), `--user-data-dir=${join(home, 'data')}`, '.'],
      cwd: resolve(import.meta.dirname, '../..'),
      env: { ...strings(process.env), KOSMO_HOME: home, KOSMO_NODE: process.execPath },
    })
  }, 120_000)
  afterAll(async () => {
    await app?.close()
    if (home !== undefined) rmSync(home, { recursive: true, force: true, maxRetries: 5 })
  })

  it('becomes ready and opens its settings, from its own scheme', async () => {
    const page = await app.firstWindow()
    await page.waitForLoadState()
    expect(page.url()).toMatch(/^kosmo:\/\/app\/settings\//)
    expect(await app.evaluate(({ app: electron }) => electron.isReady())).toBe(true)
  }, 60_000)

  it('gives its page the bridge and nothing of Node', async () => {
    const page = await app.firstWindow()
    expect(await page.evaluate('[typeof require, typeof process, typeof window.kosmo]')).toEqual([
      'undefined',
      'undefined',
      'object',
    ])
  })

  it('keeps a page from going anywhere else', async () => {
    const page = await app.firstWindow()
    const before = page.url()
    await page.evaluate("location.href = 'https://example.com/'; window.open('https://example.com/')")
    await page.evaluate('new Promise(resolve => setTimeout(resolve))')
    expect(page.url()).toBe(before)
    expect(app.windows()).toHaveLength(1)
  })
})

function strings(variables: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(variables).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  )
}
