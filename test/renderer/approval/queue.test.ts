import { describe, expect, it } from 'vitest'
import {
  AFTER_GRACE,
  type ApprovalWindow,
  openApprovals,
  windowApproval,
} from '../../support/renderer/approval-window.ts'
import { longText } from '../../support/renderer/hostile-approval.ts'
import { canOpenWindows, useWindows } from '../../support/renderer/open-window.ts'

const first = windowApproval({ text: 'The first' }, { id: 'one' })
const second = windowApproval(
  { text: 'The second', place: '~other' },
  { id: 'two', askedAt: first.askedAt + 1 },
)
const older = windowApproval({ text: 'An older one' }, { id: 'old', askedAt: first.askedAt - 1 })

const focused = ({ page }: ApprovalWindow) => page.evaluate(() => document.activeElement?.textContent)

describe.skipIf(!canOpenWindows)('requests that wait', () => {
  const windows = useWindows()

  it('come one at a time; others never take the place of the one that is read', async () => {
    const opened = await openApprovals(windows, [first])
    await opened.nowWaiting([older, first, second])
    expect(await opened.page.getByText('The first').isVisible()).toBe(true)
    expect(await opened.page.getByText('2 more waiting').isVisible()).toBe(true)
    await opened.page.keyboard.press('Enter')
    await opened.page.getByText('An older one').waitFor()
    expect(opened.answers()).toEqual([{ id: 'one', answer: { kind: 'deny' } }])
    expect(await focused(opened)).toBe('Deny')
  })

  it('come up in an empty window by themselves', async () => {
    const opened = await openApprovals(windows, [])
    expect(await opened.page.getByRole('heading').innerText()).toBe('Nothing is waiting for you')
    expect(await focused(opened)).toBe('Close')
    await opened.nowWaiting([first])
    await opened.page.getByText('The first').waitFor()
    expect(await focused(opened)).toBe('Deny')
    expect((await opened.page.getByRole('status').allInnerTexts()).join()).toContain(
      'Codex wants to post to ~release-train',
    )
  })

  it.each([
    ['approved by person (terminal)', 'Already answered elsewhere', 'It was approved in a terminal.'],
    ['denied by person (notification)', 'Already answered elsewhere', 'It was denied on its notification.'],
    [
      'cancelled, the client gave up or left',
      'Codex does not wait any more',
      'It gave up or left before you decided. Nothing was posted.',
    ],
    ['expired, nobody answered in time', 'Time is up', 'Nobody answered in time. Nothing was posted.'],
    [
      undefined,
      'This request is no longer open',
      'It was answered somewhere else, or the client no longer waits for it.',
    ],
  ])('gone, %s: it says so, and goes on when the person does', async (how, heading, why) => {
    const opened = await openApprovals(windows, [first, second], {
      handlers: { decision: () => (how === undefined ? { kind: 'unknown' } : { kind: 'decided', how }) },
    })
    await opened.nowWaiting([second])
    await opened.page.getByText(why).waitFor()
    expect(await opened.page.getByRole('heading').innerText()).toBe(heading)
    expect(opened.app.paramsOf('decision')).toEqual([{ id: 'one' }])
    expect(await opened.page.getByText('The first').count()).toBe(0)
    await opened.runFor(AFTER_GRACE)
    expect(await focused(opened)).toBe('Show the next one (1 waiting)')
    await opened.page.keyboard.press('Enter')
    await opened.page.getByText('The second').waitFor()
    expect(opened.answers()).toEqual([])
  })

  it('gone under a change of the person’s, the change can still be copied', async () => {
    const opened = await openApprovals(windows, [first])
    await opened.page.getByRole('button', { name: 'Edit' }).click()
    await opened.page.getByLabel('The text to be posted').fill('Mine')
    await opened.nowWaiting([])
    await opened.runFor(AFTER_GRACE)
    await opened.page.getByRole('button', { name: 'Copy my text' }).click()
    expect(opened.app.paramsOf('copyText')).toEqual([{ text: 'Mine' }])
  })

  it('answered elsewhere in the same moment: the first answer counts, and that is said', async () => {
    const opened = await openApprovals(windows, [first], {
      handlers: { answer: () => ({ kind: 'already-decided', how: 'denied by person (terminal)' }) },
    })
    await opened.page.getByRole('button', { name: 'Approve and post' }).click()
    expect(await opened.page.getByText('It was denied in a terminal.').isVisible()).toBe(true)
  })

  it('the one that the person points at elsewhere is shown', async () => {
    const opened = await openApprovals(windows, [first, second])
    await opened.app.emit('focusApproval', { id: 'two' })
    expect(await opened.page.getByText('The second').isVisible()).toBe(true)
  })
})

describe.skipIf(!canOpenWindows)('a request counts as shown', () => {
  const windows = useWindows()
  const reported = ({ app }: ApprovalWindow) => app.paramsOf('reportShown')

  it('once it is drawn in a window that can be seen, and once only', async () => {
    const opened = await openApprovals(windows, [first, second], { settle: false })
    await opened.page.getByText('The first').waitFor()
    expect(reported(opened)).toEqual([])
    await opened.runFor(AFTER_GRACE)
    expect(reported(opened)).toEqual([{ ids: ['one'] }])
    await opened.nowWaiting([first, second])
    await opened.runFor(AFTER_GRACE)
    expect(reported(opened)).toHaveLength(1)
  })

  it('not in a hidden window, until that is shown', async () => {
    const opened = await openApprovals(windows, [first], { look: { hidden: true } })
    await opened.page.getByText('The first').waitFor()
    await opened.runFor(10_000)
    expect(reported(opened)).toEqual([])
    await opened.setVisible(true)
    await opened.runFor(AFTER_GRACE)
    expect(reported(opened)).toEqual([{ ids: ['one'] }])
    // What stood in view of the hidden window was read by nobody then; it is in view now.
    await opened.page.getByRole('button', { name: 'Approve and post' }).click()
    expect(opened.answers()).toHaveLength(1)
  })

  it('and its end has to be in view before it can be approved', async () => {
    const opened = await openApprovals(windows, [windowApproval({ text: longText() }, { id: 'one' })])
    const approve = opened.page.getByRole('button', { name: 'Approve and post' })
    const main = opened.page.locator('main')
    await approve.click()
    expect(await opened.page.getByText('Read to the end first: there is more below.').isVisible()).toBe(true)
    await expect.poll(() => main.evaluate(element => element.scrollTop)).toBeGreaterThan(100)
    await opened.page.getByRole('button', { name: 'More below' }).click()
    await opened.runFor(AFTER_GRACE)
    await approve.click()
    expect(opened.answers()).toEqual([])
    await main.evaluate(element => element.scrollTo({ top: element.scrollHeight }))
    await opened.page.getByRole('button', { name: 'More below' }).waitFor({ state: 'detached' })
    await opened.runFor(AFTER_GRACE)
    await approve.click()
    expect(opened.answers()).toHaveLength(1)
  })

  it('all of a long text can be reached in a window with hardly any room', async () => {
    const opened = await openApprovals(windows, [windowApproval({ text: longText() }, { id: 'one' })], {
      look: { width: 560, height: 640, zoom: 2 },
    })
    await opened.page.keyboard.press('End')
    await opened.page.getByRole('button', { name: 'More below' }).waitFor({ state: 'detached' })
    expect(await opened.page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(
      true,
    )
  })
})
