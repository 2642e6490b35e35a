import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { showWhole, startDesktopApp } from '../support/app/desktop-app.ts'
import { newHome, startClient } from '../support/broker/broker-process.ts'
import { childrenOf, isRunning } from '../support/broker/proc.ts'
import { until } from '../support/broker/until.ts'
import { resultText } from '../support/mcp/rpc-line.ts'
import { openTown } from '../support/mcp/town.ts'

const POST = { channel_id: '~town-square', message: 'Release 1.2 is out' }

describe('the app', () => {
  it('is one a home: started again it shows its window, and a quiet start shows none', async () => {
    const app = await startDesktopApp({ args: ['--hidden'] })
    expect(await app.windows()).toEqual([])
    expect((await app.launchAgain(['--hidden'])).code).toBe(0)
    expect(await app.windows()).toEqual([])
    expect((await app.launchAgain([])).code).toBe(0)
    await until('the settings window', async () => (await app.facts('kosmo://app/settings/')).visible)
    const other = await startDesktopApp({ args: ['--hidden'] })
    expect(other.pid).not.toBe(app.pid)
  })

  it('quits with everything that it has started, and what waited was not posted', async () => {
    const town = await openTown()
    const app = await startDesktopApp({ args: ['--hidden'] })
    const client = await startClient(app, town.account, { write: 'ask' })
    const called = client.callTool('create_post', POST).then(resultText)
    await showWhole(await app.approvalWindow())
    const gateways = childrenOf(app.pid).filter(pid => isGateway(pid))
    expect(gateways.length).toBeGreaterThan(0)
    await app.control.quit().catch(() => undefined)
    expect(await app.ended).toBe(0)
    expect(gateways.filter(isRunning)).toEqual([])
    expect(existsSync(join(app.home, 'run', 'broker.sock'))).toBe(false)
    expect(await called).toMatch(/^ERROR: /)
    expect(town.posted()).toEqual([])
    expect(app.output().stderr).toBe('')
  })

  it('ends as well where the system ends it', async () => {
    const app = await startDesktopApp({ args: ['--hidden'] })
    process.kill(app.pid, 'SIGTERM')
    expect(await app.ended).toBe(0)
    expect(existsSync(join(app.home, 'run', 'broker.sock'))).toBe(false)
  })

  it('starts with settings that cannot be read, lets nothing be written, and works once they are mended', async () => {
    const home = newHome()
    const path = join(home, 'settings.json')
    const broken = '{ "version": 1,\n "ceiling": "aks" }'
    writeFileSync(path, broken, { mode: 0o600 })
    const app = await startDesktopApp({ home })
    const settings = await app.settingsWindow()
    expect(await settings.value('status')).toMatchObject({
      ceiling: 'deny',
      problems: [expect.stringMatching(/settings\.json: "ceiling"/)],
    })
    expect(await settings.call('setCeiling', { policy: 'ask' })).toMatchObject({ code: 'not_configured' })
    expect(readFileSync(path, 'utf8')).toBe(broken)
    const town = await openTown()
    const client = await startClient(app, town.account, { write: 'ask' })
    const text = resultText(await client.callTool('create_post', POST))
    expect(text).toMatch(/settings cannot be read, so every write is refused/)
    writeFileSync(path, '{ "version": 1 }', { mode: 0o600 })
    expect(await settings.value('status')).toMatchObject({ ceiling: 'ask', problems: [] })
  })

  it('writes the settings that all other programs read, for their owner alone', async () => {
    const app = await startDesktopApp()
    const settings = await app.settingsWindow()
    await settings.value('setCeiling', { policy: 'deny' })
    const path = join(app.home, 'settings.json')
    expect(readFileSync(path, 'utf8')).toBe(
      '{\n\t"version": 1,\n\t"ceiling": "deny",\n\t"overrides": [],\n\t"integrations": {},\n\t"auditText": false\n}',
    )
    expect(statSync(path).mode & 0o777).toBe(0o600)
    await settings.value('setOverride', { client: 'codex', workspace: '/w', policy: 'ask' })
    expect(await settings.value('policy')).toEqual({
      ceiling: 'deny',
      overrides: [{ client: 'codex', workspace: '/w', policy: 'ask' }],
      heldBack: [],
    })
  })

  it('tells the settings window of what changed elsewhere', async () => {
    const app = await startDesktopApp()
    const { page, value } = await app.settingsWindow()
    await page.evaluate(() => {
      window.kosmo.on('changed', () => {
        document.title = 'told'
      })
    })
    await value('policy')
    const town = await openTown()
    await startClient(app, town.account)
    await page.waitForFunction(() => document.title === 'told')
    expect(await value('clients')).toHaveLength(1)
  })
})

function isGateway(pid: number): boolean {
  return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('\0gateway')
}
