import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { asAPerson, untilRung } from '../support/app/as-a-person.ts'
import { type AppPage, type DesktopApp, startDesktopApp, waiting } from '../support/app/desktop-app.ts'
import { startClient } from '../support/broker/broker-process.ts'
import { until } from '../support/broker/until.ts'
import { type Desktop, openDesktop } from '../support/desktop/desktop-session.ts'
import type { NotificationService, SentNotification } from '../support/desktop/notification-service.ts'
import { resultText } from '../support/mcp/rpc-line.ts'
import { openTown } from '../support/mcp/town.ts'

let desktop: Desktop
let service: NotificationService
let app: DesktopApp
const ends: (() => Promise<void>)[] = []
beforeAll(async () => {
  desktop = await openDesktop()
  ends.push(() => desktop.stop())
  if (desktop.notifications === undefined) throw new Error('no notifications')
  service = desktop.notifications
  app = await startDesktopApp({ desktop, args: ['--hidden'], atEnd: end => ends.unshift(end) })
})
// Who has the window before their eyes is not rung for.
beforeEach(async () => {
  const window = (await app.windows()).find(({ visible }) => visible)
  if (window === undefined) return
  await app.control.closeWindow(window.id)
  await until('the window is away', async () => !(await app.facts(window.id)).visible)
})
afterAll(async () => {
  for (const end of ends) await end()
})

/** A client that asks to post, and the notification of it. */
async function asked(message = 'Release 1.2 is out') {
  const town = await openTown()
  const client = await startClient(app, town.account, { write: 'ask', name: 'codex-mcp-client' })
  const before = service.all().length
  const called = client.callTool('create_post', { channel_id: '~town-square', message }).then(resultText)
  called.catch(() => undefined)
  const bell = await until('a notification', () => service.all()[before])
  await untilRung(app, bell)
  return { town, client, called, bell }
}

async function noMoreWaiting(): Promise<void> {
  const window = await app.approvalWindow()
  await waiting(window, 0)
}

const open = (bell: SentNotification) => service.all().find(({ id }) => id === bell.id)?.isOpen

describe('a notification', () => {
  it('says who and where and what, stays, and its Approve posts just that', async () => {
    const { town, called, bell } = await asked()
    expect(bell).toMatchObject({
      title: 'Codex → ~town-square · engineering',
      body: 'Release 1.2 is out',
      urgency: 2,
      timeout: 0,
    })
    expect(bell.actions.map(([, label]) => label).filter(label => label !== 'View')).toEqual([
      'Approve',
      'Review',
      'Deny',
    ])
    await asAPerson(app, bell)
    service.press(bell, 'Approve')
    expect(await called).toMatch(/^Posted /)
    expect(town.posted()).toEqual(['Release 1.2 is out'])
    await noMoreWaiting()
  })

  it('posts nothing by its Deny', async () => {
    const { town, called, bell } = await asked()
    service.press(bell, 'Deny')
    expect(await called).toMatch(/declined this post; nothing was posted/)
    expect(town.posted()).toEqual([])
  })

  it('has no Approve where there is more to see than it shows', async () => {
    const { town, called, bell } = await asked(`A long story. ${'And then. '.repeat(40)}`)
    expect(bell.actions.map(([, label]) => label)).not.toContain('Approve')
    expect(bell.body).toMatch(/…$/)
    service.press(bell, 'Deny')
    expect(await called).toMatch(/declined/)
    expect(town.posted()).toEqual([])
  })

  it('is no markup, whatever the text', async () => {
    const { bell, called } = await asked('<b>bold</b> <a href="https://evil.example">x</a> &amp;')
    expect(bell.body).not.toMatch(/[<&]/)
    expect(bell.actions.map(([, label]) => label)).not.toContain('Approve')
    service.press(bell, 'Deny')
    await called
  })

  it('decides nothing by being closed, or by its time, and leads to the window by a click on it', async () => {
    const { town, called, bell } = await asked()
    service.dismiss(bell)
    const window = await app.approvalWindow()
    expect(await waiting(window, 1)).toHaveLength(1)
    const { id } = await app.facts('kosmo://app/approval/')
    await app.control.closeWindow(id)
    await until('the window is away', async () => !(await app.facts(id)).visible)
    // Put off: another one rings, and the window stays where it was put.
    const before = service.all().length
    const second = await asked('Second')
    expect(service.all().length).toBe(before + 1)
    expect((await app.facts(id)).visible).toBe(false)
    service.expire(second.bell)
    expect(await waiting(window, 2)).toHaveLength(2)
    const third = await asked('Third')
    service.click(third.bell)
    await until('the window is there', async () => (await app.facts(id)).focused)
    expect(town.posted()).toEqual([])
    for (const { client } of [second, third]) client.child.kill('SIGKILL')
    const [first] = await waiting(window, 1)
    await window.value('answer', { id: first?.id, answer: { kind: 'deny' } })
    expect(await called).toMatch(/declined/)
  })

  it('goes away once somebody has answered elsewhere', async () => {
    const { called, bell } = await asked()
    const window = await app.approvalWindow()
    const [request] = await waiting(window, 1)
    await app.launchAgain([])
    const { id } = await app.facts('kosmo://app/approval/')
    await until('the window is there', async () => (await app.facts(id)).visible)
    await window.value('answer', { id: request?.id, answer: { kind: 'deny' } })
    await called
    await until('the notification is gone', () => open(bell) === false)
  })

  it('counts as shown where it carries everything, and as nothing where it does not', async () => {
    const shownOn = async (window: AppPage) => (await waiting(window, 1))[0]?.shownOn
    const short = await asked()
    const window = await app.approvalWindow()
    await until('it was shown', async () => (await shownOn(window))?.includes('notification'))
    service.press(short.bell, 'Deny')
    await short.called
    const long = await asked('word '.repeat(100))
    expect(await shownOn(window)).not.toContain('notification')
    service.press(long.bell, 'Deny')
    await long.called
  })
})
