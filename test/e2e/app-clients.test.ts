import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { ClientPlan, DoctorFinding, KnownClient } from '../../shared/protocol/client-methods.ts'
import { type AppPage, type DesktopApp, startDesktopApp } from '../support/app/desktop-app.ts'
import { installCodex } from '../support/codex/install.ts'
import { canOpenWindows } from '../support/renderer/open-window.ts'
import { openTown, type Town } from './town.ts'

const CONFIG = '# mine\r\nmodel = "gpt-5"   # fast\r\n\r\n[mcp_servers.other]\r\ncommand = "/bin/true"\r\n'

describe.skipIf(!canOpenWindows)('the app connects', () => {
  let town: Town
  let app: DesktopApp
  let settings: AppPage
  let home: string
  let codexPath: string
  const ends: (() => Promise<unknown>)[] = []
  beforeAll(async () => {
    const codex = await installCodex()
    home = mkdtempSync('/tmp/ka-')
    ends.push(async () => rmSync(home, { recursive: true, force: true }))
    for (const folder of ['.codex', '.cursor']) mkdirSync(join(home, folder))
    codexPath = join(home, '.codex/config.toml')
    town = await openTown()
    ends.unshift(() => town.close())
    const env = { PATH: [dirname(codex), process.env.PATH].join(delimiter) }
    app = await startDesktopApp({ home, env, atEnd: end => ends.unshift(end) })
    settings = await app.settingsWindow()
    await settings.page.getByRole('button', { name: 'Later' }).click()
    const { url, token } = town.account
    const values = { url, access_token: token }
    const account = { integration: 'mattermost', account: 'default' }
    await settings.value('saveAccount', { ...account, values, unset: [], store: 'file' })
  }, 600_000)
  beforeEach(() => writeFileSync(codexPath, CONFIG))
  afterAll(async () => {
    for (const end of ends) await end()
  })

  const stateOf = async (id: string) =>
    (await settings.value<KnownClient[]>('knownClients')).find(each => each.id === id)?.state
  const plan = async (id: string, action: string) => {
    const planned = await settings.value<ClientPlan>('planClient', { id, action })
    if (planned.kind !== 'plan') throw new Error(JSON.stringify(planned))
    return planned
  }

  it('Codex by a click: the lines are shown, the real one lists our tools, and what was there comes back to the byte', async () => {
    const { page } = settings
    await page.getByRole('navigation', { name: 'Sections' }).getByRole('button', { name: 'Clients' }).click()
    await page.getByRole('button', { name: 'Connect… Codex' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('[mcp_servers.kosmokrator-mattermost]').waitFor()
    expect(readFileSync(codexPath, 'utf8')).toBe(CONFIG)
    await dialog.getByRole('button', { name: 'Write these lines' }).click()
    await dialog.getByText(/reads it, started the server and lists 6 tools/).waitFor()
    const written = readFileSync(codexPath, 'utf8')
    expect(written.startsWith(CONFIG)).toBe(true)
    expect(written).toContain('"--write=deny"')
    await dialog.getByRole('button', { name: 'Done' }).click()
    await page.getByRole('button', { name: 'Disconnect… Codex' }).click()
    await dialog.getByRole('button', { name: 'Take these lines out' }).click()
    await dialog.getByRole('button', { name: 'Done' }).click()
    expect(readFileSync(codexPath, 'utf8')).toBe(CONFIG)
    expect(await stateOf('codex')).toBe('found')
  }, 120_000)

  it('only what was shown: a file that changed meanwhile is left alone, and a plan is good for once', async () => {
    const path = join(home, '.cursor/mcp.json')
    const { fingerprint } = await plan('cursor', 'connect')
    writeFileSync(path, '{ "mcpServers": { "mine": { "command": "x" } } }\n')
    expect(await settings.value('applyClientPlan', { fingerprint })).toMatchObject({ kind: 'rolled-back' })
    expect(readFileSync(path, 'utf8')).toBe('{ "mcpServers": { "mine": { "command": "x" } } }\n')
    const again = await plan('cursor', 'connect')
    expect(await settings.value('applyClientPlan', { fingerprint: again.fingerprint })).toMatchObject({
      kind: 'done',
    })
    expect(await stateOf('cursor')).toBe('connected')
    expect(await settings.call('applyClientPlan', { fingerprint: again.fingerprint })).toMatchObject({
      kind: 'failed',
      code: 'not_found',
    })
    const { fingerprint: out } = await plan('cursor', 'disconnect')
    await settings.value('applyClientPlan', { fingerprint: out })
    expect(readFileSync(path, 'utf8')).toBe('{ "mcpServers": { "mine": { "command": "x" } } }\n')
  })

  it('and gives the entry as a text, never with the token, and what a doctor finds', async () => {
    const { text } = await settings.value<{ text: string }>('clientSnippet', { id: 'codex', format: 'toml' })
    expect(text).toContain('[mcp_servers.kosmokrator-mattermost]')
    const findings = await settings.value<DoctorFinding[]>('doctor')
    expect(findings.find(({ id }) => id === 'broker')).toMatchObject({ state: 'ok' })
    expect(findings.find(({ id }) => id.startsWith('account'))).toMatchObject({ state: 'ok' })
    expect(text + JSON.stringify(findings)).not.toContain(town.account.token)
    expect(await settings.call('planClient', { id: 'emacs', action: 'connect' })).toMatchObject({
      kind: 'failed',
      code: 'not_found',
    })
  })
})
