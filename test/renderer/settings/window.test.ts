import { describe, expect, it } from 'vitest'
import { KosmoError } from '../../../shared/errors.ts'
import { axeFindings } from '../../support/renderer/axe-findings.ts'
import { account, ONE_ACCOUNT, PLACES } from '../../support/renderer/example-accounts.ts'
import { client, KNOWN_CLIENTS } from '../../support/renderer/example-clients.ts'
import { entry } from '../../support/renderer/example-entries.ts'
import { canOpenWindows, picture } from '../../support/renderer/open-window.ts'
import {
  goTo,
  isFine,
  type SettingsWindow,
  settle,
  shown,
  useSettingsWindows,
} from '../../support/renderer/settings-window.ts'
import { APPROVALS, GRANTS } from '../../support/renderer/settings-world.ts'

const SECTIONS = ['Overview', 'Accounts', 'Scope', 'Clients', 'Approvals', 'Activity', 'About']

describe.skipIf(!canOpenWindows)('the settings window', () => {
  const windows = useSettingsWindows()

  it('is walked through by keyboard', async () => {
    const opened = await windows.open()
    const { page } = opened
    await page.getByRole('heading', { level: 1, name: 'Agents can read.' }).waitFor()
    await page.keyboard.press('Tab')
    expect(await focused(opened)).toBe('Overview')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    expect(await focused(opened)).toBe('Scope')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: 'Scope' }).waitFor()
    // Somebody who walks along the navigation stays there.
    expect(await focused(opened)).toBe('Scope')
    expect(await page.title()).toBe('Scope – KosmoKrator')
    await page.keyboard.press('End')
    expect(await focused(opened)).toBe('About')
    await page.keyboard.press('Control+4')
    await page.getByRole('heading', { level: 1, name: 'Clients' }).waitFor()
    await expect.poll(() => focused(opened)).toBe('Clients')
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('H1')
  })

  it('goes where the app sends it, closes what lies over the page, and keeps what was typed', async () => {
    const opened = await windows.open({}, 'Scope')
    const { page, app } = opened
    await page.getByRole('radio', { name: 'Only what I choose' }).click()
    await page.getByLabel('The same as a text').fill('eng/*')
    await goTo(opened, 'Clients')
    await page.getByRole('button', { name: 'Connect… Codex' }).click()
    await settle(opened)
    await page.getByRole('dialog').waitFor()
    await app.emit('focusSection', { section: 'activity' })
    await settle(opened)
    await page.getByRole('heading', { level: 1, name: 'Activity' }).waitFor()
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0)
    await expect.poll(() => focused(opened)).toBe('Activity')
    await page.getByRole('combobox', { name: 'Client' }).selectOption('Codex')
    await app.emit('focusSection', { section: 'nowhere' })
    await page.getByRole('heading', { level: 1, name: 'Activity' }).waitFor()
    expect(await shown(opened).getByRole('combobox', { name: 'Client' }).inputValue()).toBe(
      'codex-mcp-client',
    )
    await goTo(opened, 'Scope')
    expect(await page.getByLabel('The same as a text').inputValue()).toBe('eng/*')
    await app.emit('changed', {})
    expect(await page.getByLabel('The same as a text').inputValue()).toBe('eng/*')
  })

  it('asks again for what is on the screen when something changes, and no more often than can be read', async () => {
    const opened = await windows.open()
    const { page, app, runFor } = opened
    await page.getByText('Claude Code').first().waitFor()
    const asked = app.paramsOf('clients').length
    app.handlers.clients = () => [client({ client: 'opencode' })]
    for (let index = 0; index < 40; index++) await app.emit('changed', {})
    await page.getByText('opencode', { exact: true }).waitFor()
    expect(app.paramsOf('clients').length).toBe(asked + 1)
    await runFor(300)
    await expect.poll(() => app.paramsOf('clients').length).toBe(asked + 2)
    expect(app.paramsOf('grants')).toEqual([])
    await goTo(opened, 'Approvals')
    await expect.poll(() => app.paramsOf('grants').length).toBe(1)
  })

  it('shows that it waits once that can be noticed', async () => {
    const answers: (() => void)[] = []
    const opened = await windows.open({
      grants: () => new Promise(resolve => answers.push(() => resolve(GRANTS))),
      listApprovals: () => [],
    })
    const { page, runFor } = opened
    await goTo(opened, 'Approvals')
    await page.getByText('Nothing waits for you').waitFor()
    expect(await page.getByText('Loading…').count()).toBe(0)
    await runFor(290)
    expect(await page.getByText('Loading…').count()).toBe(0)
    await runFor(20)
    await page.getByText('Loading…').waitFor()
    await isFine(opened, 'window-waiting')
    for (const answer of answers) answer()
    await shown(opened).getByText('~release-train').first().waitFor()
    expect(await page.getByText('Loading…').count()).toBe(0)
  })

  it('keeps showing what it knows where the app stops answering, says so, and asks again', async () => {
    const opened = await windows.open()
    const { page, app } = opened
    await page.getByText('Claude Code').first().waitFor()
    const { status, policy } = app.handlers
    const fail = () => {
      throw new KosmoError('internal', 'The app did not answer. Restart it.')
    }
    Object.assign(app.handlers, { status: fail, policy: fail })
    await app.emit('changed', {})
    await page.getByText('KosmoKrator does not answer.').waitFor()
    await page.getByText('What you see may be old.').waitFor()
    expect(await page.getByText('Claude Code').count()).toBeGreaterThan(0)
    await isFine(opened, 'window-no-answer')
    Object.assign(app.handlers, { status, policy })
    await page.getByRole('button', { name: 'Try again' }).first().click()
    await page.getByRole('button', { name: 'Try again' }).last().click()
    await page.getByText('does not answer').waitFor({ state: 'detached' })
    await page.getByText('What you see may be old.').waitFor({ state: 'detached' })
  })

  it('never takes an older answer for a newer one', async () => {
    const answers: (() => void)[] = []
    const opened = await windows.open()
    const { page, app, runFor } = opened
    await page.getByText('Claude Code').first().waitFor()
    app.handlers.clients = () =>
      new Promise(resolve => answers.push(() => resolve([client({ client: 'old' })])))
    await app.emit('changed', {})
    await expect.poll(() => answers.length).toBe(1)
    app.handlers.clients = () => [client({ client: 'new' })]
    await runFor(300)
    await app.emit('changed', {})
    await page.getByText('new', { exact: true }).waitFor()
    answers[0]?.()
    await app.emit('changed', {})
    await runFor(300)
    expect(await page.getByText('new', { exact: true }).count()).toBe(1)
  })

  it('shows hostile names as what they are', async () => {
    const evil = `\u202e<b>Approve</b>\n\u200ball ${'x'.repeat(300)}`
    const stacked = `a${'\u0301'.repeat(60)}`
    const opened = await windows.open({
      clients: () => [
        client({ client: evil.slice(0, 200), workspace: `/home/ada/${'deep/'.repeat(60)}\u202eend` }),
      ],
      policy: () => ({ ceiling: 'ask', overrides: [{ client: stacked, workspace: '', policy: 'deny' }] }),
      integrations: () =>
        ONE_ACCOUNT.map(each => ({
          ...each,
          accounts: [account('default', { user: '@שלום', url: `https://${'long-'.repeat(30)}.example.org` })],
        })),
      checkAccount: () => ({
        server: 'https://chat.acme.dev',
        user: '@ada',
        name: evil.slice(0, 200),
        avatar: 'data:image/svg+xml;base64,PHN2Zy8+',
        teams: Array.from({ length: 30 }, (_, index) => `${'team'.repeat(20)}${index}`),
        warnings: [evil],
      }),
      placesOf: () => PLACES.map(each => ({ ...each, title: evil.slice(0, 200) })),
      accountValues: () => ({ values: { scope: `${'w'.repeat(64)}, eng/*` }, secrets: [] }),
      knownClients: () => KNOWN_CLIENTS.map(each => ({ ...each, name: evil, said: evil, path: evil })),
      listApprovals: () =>
        APPROVALS.map(each => ({ ...each, subject: { ...each.subject, place: evil.slice(0, 200) } })),
      grants: () =>
        GRANTS.map(each => ({
          ...each,
          channel: { kind: 'channel' as const, id: 'c', name: evil },
          client: evil,
        })),
      activity: () => ({
        entries: [entry(1, { kind: 'call', client: evil, target: evil, outcome: evil, function: evil })],
        unreadable: 0,
        next: null,
      }),
      doctor: () => [{ id: 'x', title: evil, state: 'fail', said: evil, todo: evil }],
    })
    const { page } = opened
    for (const section of SECTIONS) {
      await goTo(opened, section)
      await settle(opened)
      const { text, width, bold } = await page.evaluate(() => ({
        text: document.body.innerText,
        width: document.documentElement.scrollWidth - document.documentElement.clientWidth,
        bold: document.querySelectorAll('main b b').length,
      }))
      expect(text, section).not.toMatch(/[\u202e\u200b]/)
      expect(width, section).toBe(0)
      expect(bold, section).toBe(0)
      await isFine(opened, `hostile-${section.toLowerCase()}`)
    }
  })

  const looks = [
    { name: 'dark', colours: 'dark' },
    { name: 'forced colours', forcedColours: true },
    { name: 'narrow', width: 480 },
    { name: 'zoomed', zoom: 2 },
    { name: 'narrow and zoomed', width: 480, zoom: 2 },
  ] as const
  for (const { name, ...look } of looks) {
    it(`fits and is accessible in every section: ${name}`, async () => {
      const opened = await windows.open({}, undefined, look)
      const { page } = opened
      for (const section of SECTIONS) {
        await goTo(opened, section)
        await settle(opened)
        await picture(opened, `look-${name.replaceAll(' ', '-')}-${section.toLowerCase()}`)
        const overflow = await page.evaluate(() => {
          const main = document.querySelector('main')
          const { scrollWidth, clientWidth } = document.documentElement
          return [scrollWidth - clientWidth, (main?.scrollWidth ?? 0) - (main?.clientWidth ?? 0)]
        })
        expect(overflow, section).toEqual([0, 0])
        if (name === 'dark') expect(await axeFindings(opened), section).toEqual([])
      }
    })
  }

  it('moves nothing for those who asked for stillness', async () => {
    const opened = await windows.open({ grants: () => new Promise(() => undefined) }, 'Approvals', {
      reducedMotion: true,
    })
    await opened.runFor(400)
    const moving = await opened.page.evaluate(
      () =>
        [...document.querySelectorAll('*')].filter(element => {
          const { animationName, transitionDuration } = getComputedStyle(element)
          return animationName !== 'none' || transitionDuration !== '0s'
        }).length,
    )
    expect(moving).toBe(0)
  })
})

/** The words of what has the focus. */
function focused({ page }: SettingsWindow): Promise<string | undefined> {
  return page.evaluate(() => document.activeElement?.textContent ?? undefined)
}
