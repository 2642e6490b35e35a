import { describe, expect, it } from 'vitest'
import { KosmoError } from '../../../../shared/errors.ts'
import { openApprovals, windowApproval } from '../../../support/renderer/approval-window.ts'
import { longText } from '../../../support/renderer/hostile-approval.ts'
import { canOpenWindows, useWindows } from '../../../support/renderer/open-window.ts'

/* Real keys and a real pointer on the built page. Only time is ours: it moves when a test says so. */

/** The frames in which a page comes up; then the grace begins. */
const FRAMES = 50

describe.skipIf(!canOpenWindows)('input that comes too soon', () => {
  const windows = useWindows()
  const one = windowApproval({}, { id: 'one' })
  const two = windowApproval({ text: 'The second' }, { id: 'two', askedAt: one.askedAt + 1 })

  it('a key within 350 ms of the request does nothing, and every key that was absorbed begins them anew', async () => {
    const { page, runFor, answers, app } = await openApprovals(windows, [one], { settle: false })
    await page.getByRole('button', { name: 'Deny', exact: true }).waitFor()
    await page.keyboard.press('Enter')
    await runFor(FRAMES)
    await page.keyboard.press('Enter')
    for (const key of ['Enter', 'Escape', ' ', 'Enter']) {
      await runFor(340)
      await page.keyboard.press(key)
    }
    expect(answers()).toEqual([])
    expect(app.paramsOf('hideWindow')).toEqual([])
    await runFor(350)
    await page.keyboard.press('Enter')
    expect(answers()).toEqual([{ id: 'one', answer: { kind: 'deny' } }])
  })

  it('whoever types at something else denies nothing with the Enter at its end', async () => {
    const { page, runFor, answers } = await openApprovals(windows, [one])
    await page.keyboard.type('git commit', { delay: 0 })
    await page.keyboard.press('Enter')
    await runFor(340)
    await page.keyboard.press('Enter')
    await runFor(340)
    expect(answers()).toEqual([])
  })

  it('a key that is held down since before decides nothing', async () => {
    const { page, runFor, answers } = await openApprovals(windows, [one], { settle: false })
    await page.keyboard.down('Enter')
    for (let held = 0; held < 5; held++) {
      await runFor(1_000)
      await page.keyboard.down('Enter')
    }
    await page.keyboard.up('Enter')
    expect(answers()).toEqual([])
  })

  it('a space bar that went down before and comes up after presses nothing', async () => {
    const { page, runFor, answers } = await openApprovals(windows, [one], { settle: false })
    await runFor(FRAMES)
    await page.keyboard.down(' ')
    await runFor(1_000)
    await page.keyboard.up(' ')
    expect(answers()).toEqual([])
  })

  it('a click within 350 ms of the request does nothing', async () => {
    const { page, runFor, answers } = await openApprovals(windows, [one], { settle: false })
    const deny = await middleOf(page.getByRole('button', { name: 'Deny', exact: true }))
    await page.mouse.click(deny.x, deny.y)
    await runFor(FRAMES + 300)
    await page.mouse.click(deny.x, deny.y)
    expect(answers()).toEqual([])
    await runFor(100)
    await page.mouse.click(deny.x, deny.y)
    expect(answers()).toHaveLength(1)
  })

  it('the second of two quick clicks does not decide on the request that comes next', async () => {
    const { page, runFor, answers } = await openApprovals(windows, [one, two])
    const { x, y } = await middleOf(page.getByRole('button', { name: 'Approve and post' }))
    await page.mouse.dblclick(x, y)
    await page.getByText('The second').waitFor()
    await page.mouse.click(x, y)
    await runFor(FRAMES + 300)
    await page.mouse.click(x, y)
    expect(answers().map(({ id }) => id)).toEqual(['one'])
    await runFor(400)
    await page.mouse.click(x, y)
    expect(answers().map(({ id }) => id)).toEqual(['one', 'two'])
  })

  it('a button that went down on one request does not come up on another', async () => {
    const { page, runFor, answers, nowWaiting, app } = await openApprovals(windows, [one, two])
    const { x, y } = await middleOf(page.getByRole('button', { name: 'Deny', exact: true }))
    await page.mouse.move(x, y)
    await page.mouse.down()
    await nowWaiting([one, two])
    await app.emit('focusApproval', { id: 'two' })
    await runFor(1_000)
    await page.mouse.up()
    expect(answers()).toEqual([])
  })

  it('a button that has just moved under the pointer is not pressed', async () => {
    const { page, runFor, answers } = await openApprovals(windows, [one])
    const before = await middleOf(page.getByRole('button', { name: 'Deny', exact: true }))
    await page.setViewportSize({ width: 560, height: 560 })
    await runFor(100)
    await page.mouse.click(before.x, before.y - 80)
    expect(answers()).toEqual([])
    await runFor(400)
    await page.mouse.click(before.x, before.y - 80)
    expect(answers()).toHaveLength(1)
  })

  it('a button with other words than a moment ago is not pressed', async () => {
    const { page, runFor, answers } = await openApprovals(windows, [one])
    await page.getByRole('button', { name: 'Edit' }).click()
    await page.getByLabel('The text to be posted').fill('Mine')
    const { x, y } = await middleOf(page.getByRole('button', { name: 'Review change' }))
    await runFor(400)
    await page.mouse.dblclick(x, y)
    await runFor(FRAMES + 200)
    await page.mouse.click(x, y)
    expect(answers()).toEqual([])
  })

  it('what can be pressed stays where it is, whatever comes up above it', async () => {
    const { page, runFor } = await openApprovals(windows, [one, two])
    const places = async () =>
      Promise.all(
        ['Deny', 'Approve and post'].map(name =>
          page.getByRole('button', { name, exact: true }).boundingBox(),
        ),
      )
    const before = await places()
    await page.getByLabel('If I approve').selectOption('always')
    expect(await places()).toEqual(before)
    await page.getByRole('button', { name: 'Deny with a reason…' }).click()
    expect(await places()).toEqual(before)
    await page.keyboard.press('Escape')
    await runFor(400)
    expect(await places()).toEqual(before)
    await page.getByRole('button', { name: 'Edit' }).click()
    await page.getByRole('button', { name: 'Review change' }).waitFor()
    const deny = page.getByRole('button', { name: 'Deny', exact: true })
    expect(await deny.boundingBox()).toEqual(before[0])
  })

  it('a button that is down when an answer comes back decides nothing as it comes up', async () => {
    let fail: (error: Error) => void = () => undefined
    const answer = () =>
      new Promise<never>((_, reject) => {
        fail = reject
      })
    const { page, runFor, answers } = await openApprovals(windows, [one], { handlers: { answer } })
    const deny = page.getByRole('button', { name: 'Deny', exact: true })
    const before = await deny.boundingBox()
    await page.getByRole('button', { name: 'Approve and post' }).click()
    expect(await deny.boundingBox()).toEqual(before)
    const { x, y } = await middleOf(deny)
    await page.mouse.move(x, y)
    await page.mouse.down()
    fail(new KosmoError('unavailable', 'Not now.'))
    await page.getByText('Not now.').waitFor()
    await runFor(1_000)
    await page.mouse.up()
    expect(answers()).toHaveLength(1)
  })

  it('in a window that comes up again, the grace begins anew', async () => {
    const { page, runFor, setVisible, answers } = await openApprovals(windows, [one])
    await setVisible(false)
    await runFor(1_000)
    await setVisible(true)
    await page.keyboard.press('Enter')
    await runFor(FRAMES + 300)
    expect(answers()).toEqual([])
  })

  it('keys scroll what is read, wherever the focus is, and Escape puts the window away', async () => {
    const { page, runFor, answers, app } = await openApprovals(windows, [
      windowApproval({ text: longText() }),
    ])
    const top = () => page.locator('main').evaluate(main => main.scrollTop)
    await page.keyboard.press('PageDown')
    await expect.poll(top).toBeGreaterThan(100)
    await page.keyboard.press('End')
    await expect.poll(top).toBeGreaterThan(1_000)
    await page.keyboard.press('Home')
    await expect.poll(top).toBe(0)
    await runFor(400)
    await page.keyboard.press('Escape')
    await expect.poll(() => app.paramsOf('hideWindow')).toHaveLength(1)
    expect(answers()).toEqual([])
  })
})

async function middleOf(locator: {
  boundingBox(): Promise<{ x: number; y: number; width: number; height: number } | null>
}) {
  const box = await locator.boundingBox()
  if (box === null) throw new Error('it is not there')
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}
