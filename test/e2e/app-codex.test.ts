import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { asAPerson } from '../support/app/as-a-person.ts'
import { type AppPage, type DesktopApp, startDesktopApp } from '../support/app/desktop-app.ts'
import { until } from '../support/broker/until.ts'
import { type AppServer, startAppServer } from '../support/codex/app-server.ts'
import { installCodex } from '../support/codex/install.ts'
import { call, kosmoEntry, tool } from '../support/codex/kosmo-entry.ts'
import { outputsShown } from '../support/codex/model-request.ts'
import { type Desktop, openDesktop } from '../support/desktop/desktop-session.ts'
import { TrayIcon } from '../support/desktop/tray-icon.ts'
import { canOpenWindows } from '../support/renderer/open-window.ts'
import { openTown, type Town } from './town.ts'

/* The real Codex, the real app on the double of Electron, its real pages in a real browser, and a mouse. */

const createPost = tool('create_post')
const post = (message: string): string => call('create_post', { channel_id: '~town-square', message })

describe.skipIf(!canOpenWindows)('Codex under the app', () => {
  let town: Town
  let desktop: Desktop
  let app: DesktopApp
  let codex: AppServer
  let tray: TrayIcon
  const ends: (() => Promise<unknown>)[] = []
  beforeAll(async () => {
    await installCodex()
    town = await openTown()
    ends.unshift(() => town.close())
    desktop = await openDesktop()
    ends.unshift(() => desktop.stop())
    app = await startDesktopApp({ desktop, args: ['--hidden'], atEnd: end => ends.unshift(end) })
    tray = await TrayIcon.of(desktop.bus, app.pid)
    const entry = kosmoEntry('ask', town.account, { approve: [createPost] })
    codex = await startAppServer({ server: { ...entry, env: { ...entry.env, KOSMO_HOME: app.home } } })
    ends.unshift(() => codex.close())
  }, 600_000)
  afterAll(async () => {
    for (const end of ends) await end()
  })

  const told = (): string => {
    const last = codex.model.requests.at(-1)
    return (last && outputsShown(last).at(-1)) ?? ''
  }
  const posted = () => town.posted()

  /** Clicks as a person does who was too quick: again, until it has done what it does. */
  async function click(
    { page }: AppPage,
    name: string | RegExp,
    isDone: () => Promise<boolean>,
  ): Promise<void> {
    await until(`${name} is done`, async () => {
      await page
        .getByRole('button', { name, exact: true })
        .click({ timeout: 1_000 })
        .catch(() => undefined)
      return isDone()
    })
  }
  const isOver = (turn: Promise<void>) => {
    let over = false
    turn.then(() => {
      over = true
    })
    return async () => over
  }

  async function asks(message: string) {
    const turn = codex.turn(post(message))
    const window = await app.approvalWindow()
    await window.page.getByText(message, { exact: true }).first().waitFor()
    return { turn, window }
  }

  it('posts exactly what a click on Approve was for', async () => {
    const { turn, window } = await asks('Release 1.2 is out')
    expect(posted()).toEqual([])
    await click(window, 'Approve and post', isOver(turn))
    await turn
    expect(posted()).toEqual(['Release 1.2 is out'])
    expect(told()).toContain('/engineering/pl/')
  })

  it('posts what the person made of it, and is told', async () => {
    const { turn, window } = await asks('Release 1.3 is out')
    const field = window.page.getByLabel('The text to be posted')
    await click(window, 'Edit', () => field.isVisible())
    await field.fill('Release 1.3 is out, with notes')
    await click(window, 'Review change', async () => !(await field.isVisible()))
    await click(window, /^Approve/, isOver(turn))
    await turn
    expect(posted().at(-1)).toBe('Release 1.3 is out, with notes')
    expect(told()).toContain('The person changed the message before it was posted')
  })

  it('posts nothing once the notification’s Deny is pressed', async () => {
    const before = posted()
    const service = desktop.notifications
    if (service === undefined) throw new Error('no notifications')
    const { id } = await app.facts('kosmo://app/approval/')
    await app.control.closeWindow(id)
    const count = service.all().length
    const turn = codex.turn(post('Nobody wants to read this'))
    const bell = await until('a notification', () => service.all()[count])
    expect(bell.body).toContain('Nobody wants to read this')
    await asAPerson(app, bell)
    service.press(bell, 'Deny')
    await turn
    expect(told()).toMatch(/declined this post; nothing was posted/)
    expect(posted()).toEqual(before)
  })

  it('is refused while the tray is at Read-only, and asks again once it is not', async () => {
    const before = posted()
    const says = (tip: RegExp) => until(`the tray says ${tip}`, async () => tip.test(await tray.toolTip()))
    await tray.pick('Read-only')
    await says(/Read-only/)
    await codex.turn(post('Release 1.4 is out'))
    expect(told()).toMatch(/switch for all writes is at deny/)
    expect(posted()).toEqual(before)
    await tray.pick('Ask me')
    await says(/Ask me/)
    const turn = codex.turn(post('Release 1.5 is out'))
    // The window was put off before: it comes from the tray.
    await says(/1 post waits for you/)
    const { id } = await app.facts('kosmo://app/approval/')
    await until('the window is there', async () => {
      await tray.pick(/→ ~town-square$/).catch(() => undefined)
      return (await app.facts(id)).visible
    })
    const window = await app.approvalWindow()
    await window.page.getByText('Release 1.5 is out', { exact: true }).first().waitFor()
    await click(window, 'Deny', isOver(turn))
    await turn
    expect(told()).toMatch(/declined this post/)
    expect(posted()).toEqual(before)
  })
})
