import { describe, expect, it } from 'vitest'
import { KosmoError } from '../../../shared/errors.ts'
import {
  AFTER_GRACE,
  type ApprovalWindow,
  openApprovals,
  windowApproval,
} from '../../support/renderer/approval-window.ts'
import { longText } from '../../support/renderer/hostile-approval.ts'
import { canOpenWindows, NOW, useWindows } from '../../support/renderer/open-window.ts'

const button = ({ page }: ApprovalWindow, name: string) => page.getByRole('button', { name, exact: true })

async function press(opened: ApprovalWindow, name: string): Promise<void> {
  await button(opened, name).click()
  await opened.runFor(AFTER_GRACE)
}

async function change(opened: ApprovalWindow, text: string): Promise<void> {
  await press(opened, 'Edit')
  await opened.page.getByLabel('The text to be posted').fill(text)
  await press(opened, 'Review change')
}

describe.skipIf(!canOpenWindows)('deciding', () => {
  const windows = useWindows()
  const request = windowApproval({ text: 'Hello @grace' }, { id: 'one' })

  it('shows who asks, where it goes, as whom and what, before any button', async () => {
    const reply = windowApproval({ root: 'r'.repeat(26), replyTo: '@grace: Is it out?' })
    const { page } = await openApprovals(windows, [reply])
    const text = (await page.locator('#root').innerText()).replace(/\s+/g, ' ')
    expect(text).toMatch(
      /Codex wants to post a reply v0\.169\.0 in ~\/src\/webapp · asked 12 s ago.*3:49 To Engineering › ~release-train public · 42 people As @ada on chat\.acme\.dev · account default Reply to @grace: Is it out\?.*Hello there/,
    )
    expect(await page.title()).toBe('Codex wants to post to ~release-train')
  })

  it('approves by a click, once', async () => {
    const opened = await openApprovals(windows, [request])
    await press(opened, 'Approve and post')
    expect(opened.answers()).toEqual([
      { id: 'one', answer: { kind: 'approve', span: 'once', reach: 'channel' } },
    ])
    expect(await opened.page.getByText('Approved once. Codex posts it now.').isVisible()).toBe(true)
    // It came by itself, and goes by itself.
    expect(opened.app.paramsOf('hideWindow')).toEqual([])
    await opened.runFor(3_000)
    await expect.poll(() => opened.app.paramsOf('hideWindow')).toHaveLength(1)
  })

  it('has Deny under the Enter key from the start, also after a click that approved nothing', async () => {
    const opened = await openApprovals(windows, [windowApproval({ text: longText() }, { id: 'one' })])
    await press(opened, 'Approve and post')
    await opened.page.keyboard.press('Enter')
    expect(opened.answers()).toEqual([{ id: 'one', answer: { kind: 'deny' } }])
  })

  it('can be done with the keyboard alone', async () => {
    const opened = await openApprovals(windows, [request])
    await opened.page.keyboard.press('Tab')
    await opened.page.keyboard.press('Enter')
    expect(opened.answers()).toMatchObject([{ answer: { kind: 'approve' } }])
  })

  it('takes a reason, and Enter denies with it', async () => {
    const opened = await openApprovals(windows, [request])
    await press(opened, 'Deny with a reason…')
    await opened.page.keyboard.type('Not before the notes are out')
    await opened.page.keyboard.press('Enter')
    expect(opened.answers()).toEqual([
      { id: 'one', answer: { kind: 'deny', reason: 'Not before the notes are out' } },
    ])
  })

  it('goes back from a reason with the focus where it was', async () => {
    const opened = await openApprovals(windows, [request])
    await press(opened, 'Deny with a reason…')
    await opened.page.keyboard.press('Escape')
    expect(await opened.page.evaluate(() => document.activeElement?.textContent)).toBe('Deny with a reason…')
    expect(opened.answers()).toEqual([])
  })

  it('remembers what was chosen, and says all of it first', async () => {
    const opened = await openApprovals(windows, [request], {
      handlers: { answer: () => ({ kind: 'done', grant: 'g_1' }) },
    })
    await opened.page.getByLabel('If I approve').selectOption({ label: 'also for 1 hour, in ~release-train' })
    expect(
      await opened.page
        .getByText('For 1 hour, Codex in ~/src/webapp posts to ~release-train as @ada')
        .isVisible(),
    ).toBe(true)
    await press(opened, 'Approve and post')
    expect(opened.answers()).toMatchObject([{ answer: { kind: 'approve', span: '1h', reach: 'channel' } }])
    expect(await opened.page.getByText('Approved, and remembered').isVisible()).toBe(true)
  })

  it('takes a second choice for every channel; to cancel it changes nothing', async () => {
    const opened = await openApprovals(windows, [request])
    const keep = opened.page.getByLabel('If I approve')
    await keep.focus()
    await keep.selectOption('ask everywhere')
    await opened.runFor(AFTER_GRACE)
    await opened.page.keyboard.press('Enter')
    await opened.runFor(AFTER_GRACE)
    expect(await keep.inputValue()).toBe('once')
    expect(await keep.evaluate(element => element === document.activeElement)).toBe(true)
    await keep.selectOption('ask everywhere')
    await opened.runFor(AFTER_GRACE)
    await opened.page.getByLabel('Always').click()
    expect(await opened.page.getByText('anywhere @ada can on chat.acme.dev').first().isVisible()).toBe(true)
    await press(opened, 'Choose every channel')
    expect(opened.answers()).toEqual([])
    await press(opened, 'Approve and post')
    expect(opened.answers()).toMatchObject([{ answer: { span: 'always', reach: 'all' } }])
  })

  it('offers to remember nothing where that asks every time, and says why', async () => {
    const { page } = await openApprovals(windows, [windowApproval({ text: '@all', wideMentions: ['all'] })])
    expect(await page.getByRole('combobox').count()).toBe(0)
    expect(await page.getByText('What notifies everybody is asked about every time.').isVisible()).toBe(true)
  })

  it('posts what was changed, after it was seen what that is', async () => {
    const opened = await openApprovals(windows, [request])
    await press(opened, 'Edit')
    const area = opened.page.getByLabel('The text to be posted')
    expect(await area.evaluate(element => element === document.activeElement)).toBe(true)
    await area.fill('@here hello ghp_0123456789abcdefghijklmnopqrstuvwxyzAB')
    const flags = opened.page.getByRole('list', { name: 'What to know before it is posted' })
    expect((await flags.innerText()).replace(/\s+/g, ' ')).toBe(
      'Secret? Looks like a secret: GitHub token (ghp_…yzAB). @here notifies up to 42 people, those who are online.',
    )
    await area.fill('Hello @grace, and good bye')
    await press(opened, 'Review change')
    expect(await opened.page.locator('del').count()).toBe(0)
    expect(await opened.page.locator('ins').allInnerTexts()).toEqual([', and good bye'])
    await press(opened, 'Approve and post')
    expect(opened.answers()).toMatchObject([
      { answer: { kind: 'approve', text: 'Hello @grace, and good bye' } },
    ])
  })

  it('keeps a change that cannot be sent, and says why', async () => {
    const opened = await openApprovals(windows, [request], {
      handlers: { answer: () => ({ kind: 'invalid', why: 'this server takes at most 10 characters.' }) },
    })
    await change(opened, 'Hello @grace, and good bye')
    await press(opened, 'Approve and post')
    expect(await opened.page.getByRole('alert').innerText()).toBe(
      'It cannot be posted like this: this server takes at most 10 characters.',
    )
    await press(opened, 'Edit')
    expect(await opened.page.getByLabel('The text to be posted').inputValue()).toBe(
      'Hello @grace, and good bye',
    )
  })

  it('undoes a change', async () => {
    const opened = await openApprovals(windows, [request])
    await change(opened, 'Mine')
    await press(opened, 'Undo my change')
    expect(await opened.page.evaluate(() => document.activeElement?.textContent)).toBe('Deny')
    await press(opened, 'Approve and post')
    expect(opened.answers()).toEqual([
      { id: 'one', answer: { kind: 'approve', span: 'once', reach: 'channel' } },
    ])
  })

  it('says when an answer did not get through, and leaves the request open', async () => {
    const opened = await openApprovals(windows, [request], {
      handlers: {
        answer: () => {
          throw new KosmoError('unavailable', 'The broker is busy. Try again.')
        },
      },
    })
    await press(opened, 'Approve and post')
    expect(await opened.page.getByRole('alert').innerText()).toBe('The broker is busy. Try again.')
    await press(opened, 'Deny')
    expect(opened.answers()).toHaveLength(2)
  })

  it('does not take a second answer while the first is under way', async () => {
    const opened = await openApprovals(windows, [request], {
      handlers: { answer: () => new Promise<never>(() => undefined) },
    })
    await press(opened, 'Approve and post')
    await button(opened, 'Deny').click({ force: true })
    await opened.page.keyboard.press('Enter')
    expect(opened.answers()).toHaveLength(1)
  })

  it('counts down, speaks of it when little is left, and extends', async () => {
    const opened = await openApprovals(windows, [windowApproval({}, { id: 'one', expiresAt: NOW + 62_000 })])
    const said = () => opened.page.getByRole('status').allInnerTexts()
    expect(await opened.page.getByRole('timer').getAttribute('aria-label')).toBe('1 minute 2 seconds left')
    await opened.runFor(3_000)
    expect(await opened.page.getByRole('timer').innerText()).toBe('0:59')
    expect((await said()).join()).toContain('1 minute left to decide.')
    await press(opened, 'Extend')
    expect(opened.app.paramsOf('extend')).toEqual([{ id: 'one' }])
    await expect.poll(() => opened.page.getByRole('timer').innerText()).toMatch(/^4:5/)
  })

  it('opens a link on a click and never otherwise; others than https it does not open', async () => {
    const opened = await openApprovals(windows, [
      windowApproval({
        text: '[docs](https://docs.acme.dev/a) [run](javascript:alert(1)) http://plain.example/',
      }),
    ])
    const links = opened.page.getByRole('link')
    expect(await links.allInnerTexts()).toEqual(['docs'])
    expect(await opened.page.locator('a[href], [src]:not(script)').count()).toBe(0)
    expect(opened.app.paramsOf('openLink')).toEqual([])
    await links.click()
    expect(opened.app.paramsOf('openLink')).toEqual([{ url: 'https://docs.acme.dev/a' }])
    expect(await opened.page.getByText('(docs.acme.dev)').isVisible()).toBe(true)
  })

  it('copies the text to the letter', async () => {
    const text = 'a\u200bb\n\tc'
    const opened = await openApprovals(windows, [windowApproval({ text })])
    await opened.page.getByRole('tab', { name: 'Exact text' }).click()
    await press(opened, 'Copy')
    expect(opened.app.paramsOf('copyText')).toEqual([{ text }])
  })
})
